# The table of methods is made from the protocol's own list: which there are, whose they are, what runs each. The
# method `booking.extend` is run by the function bookingExtend of server/service; where that is missing, the linker
# says so.
set(index_json ${PROJECT_SOURCE_DIR}/include/placette/protocol/schema/index.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${index_json})
file(READ ${index_json} index)

function(json_list out json) # path… -> a list of C++ literals, as "a", "b"
  string(JSON count ERROR_VARIABLE absent LENGTH "${json}" ${ARGN})
  set(items)
  if(NOT absent AND count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
      string(JSON item GET "${json}" ${ARGN} ${i})
      list(APPEND items ${item})
    endforeach()
  endif()
  set(${out} "${items}" PARENT_SCOPE)
endfunction()

set(audiences)
string(JSON count LENGTH "${index}" audiences)
math(EXPR last "${count} - 1")
foreach(i RANGE ${last})
  string(JSON audience MEMBER "${index}" audiences ${i})
  json_list(roles "${index}" audiences ${audience} roles)
  list(TRANSFORM roles PREPEND "Role::")
  list(JOIN roles ", " roles)
  string(APPEND audiences "constexpr Roles ${audience}{${roles}};\n")
endforeach()

set(rows)
string(JSON count LENGTH "${index}" methods)
math(EXPR last "${count} - 1")
foreach(i RANGE ${last})
  string(JSON method GET "${index}" methods ${i})
  string(JSON name GET "${method}" name)
  string(JSON audience GET "${method}" for)
  string(REGEX MATCH "^([a-z]+)\\.([a-z])([A-Za-z]*)$" matched ${name})
  if(NOT matched)
    message(FATAL_ERROR "index.json: ${name} is no name of a method")
  endif()
  string(TOUPPER ${CMAKE_MATCH_2} initial)
  set(run ${CMAKE_MATCH_1}${initial}${CMAKE_MATCH_3})
  string(APPEND handlers "Awaitable<Answer> ${run}(Environment&, Caller&, Call);\n")

  set(row "Method{.name = \"${name}\", .run = ${run}, .roles = audience::${audience}")
  string(JSON early ERROR_VARIABLE absent GET "${index}" audiences ${audience} beforeSignIn)
  if(NOT absent AND early)
    string(APPEND row ", .beforeSignIn = true")
  endif()
  string(JSON subscription ERROR_VARIABLE absent GET "${method}" subscription)
  if(NOT absent AND subscription)
    string(APPEND row ", .subscription = true")
  endif()
  json_list(secret "${method}" secret)
  if(secret)
    list(TRANSFORM secret REPLACE "(.+)" "\"\\1\"")
    list(JOIN secret ", " secret)
    string(APPEND secrets "constexpr std::string_view ${run}Secret[]{${secret}};\n")
    string(APPEND row ", .secret = ${run}Secret")
  endif()
  list(APPEND rows "${row}}")
endforeach()
list(SORT rows)
list(JOIN rows ",\n    " rows)

set(generated ${PROJECT_BINARY_DIR}/generated)
file(CONFIGURE OUTPUT ${generated}/service/method_table.hpp CONTENT
"// Made by server/methods.cmake from include/placette/protocol/schema/index.json: change that.
#pragma once

#include <array>
#include <string_view>

#include \"service/method.hpp\"

namespace placette::service {

@handlers@
namespace audience {
using identity::Role, identity::Roles;
@audiences@}  // namespace audience

@secrets@
constexpr std::array methods{
    @rows@,
};

}  // namespace placette::service
" @ONLY)
