# The Lua function library becomes a string in the program: all files of redis/functions, in the order of their
# names, as one source. Its name in Redis carries the source's hash (see redis/function_library.hpp).
file(GLOB lua_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/server/redis/functions/*.lua)
set(functions_cpp ${CMAKE_CURRENT_BINARY_DIR}/functions.cpp)
add_custom_command(
  OUTPUT ${functions_cpp}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${functions_cpp} "-DINPUTS=${lua_files}"
          -P ${PROJECT_SOURCE_DIR}/server/embed_functions.cmake
  DEPENDS ${lua_files} ${PROJECT_SOURCE_DIR}/server/embed_functions.cmake
  VERBATIM)
add_library(placette_functions STATIC ${functions_cpp})
target_link_libraries(placette_functions PUBLIC placette_options)
