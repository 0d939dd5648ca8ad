# Run at each build: writes the commit that is built into a header, and touches it only when it is another one.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND git -C ${SOURCE} describe --always --abbrev=12 --dirty --exclude=*
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit unknown)  # built from an archive
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#define PLACETTE_COMMIT \"@commit@\"\n" @ONLY)
