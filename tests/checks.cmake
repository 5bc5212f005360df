# Checks of the source text. Included by CMake: the targets format, format-check and tidy, and the layering tests.
# Run as a script (-DMODE=format|format-check|tidy -P tests/checks.cmake) it does the work of these targets; so new
# files count at once, and the format can be checked without a build.
cmake_minimum_required(VERSION 3.25)

if(NOT CMAKE_SCRIPT_MODE_FILE)
    include_guard(GLOBAL)
    foreach(mode IN ITEMS format format-check tidy)
        add_custom_target(${mode} COMMAND ${CMAKE_COMMAND} -DMODE=${mode} -DBUILD=${CMAKE_BINARY_DIR}
            -P ${CMAKE_CURRENT_LIST_FILE} VERBATIM USES_TERMINAL)
    endforeach()
    set(qt_headers "")
    foreach(folder IN LISTS Qt6Core_INCLUDE_DIRS)
        if(EXISTS "${folder}/QtCore/QString")
            set(qt_headers "${folder}")
        endif()
    endforeach()
    add_test(NAME layering COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -DQT_HEADERS=${qt_headers}
        -P ${CMAKE_CURRENT_LIST_DIR}/layering.cmake)
    add_test(NAME layering_planted COMMAND ${CMAKE_COMMAND} -DQT_HEADERS=${qt_headers}
        -DPLANTED=${CMAKE_BINARY_DIR}/planted -P ${CMAKE_CURRENT_LIST_DIR}/layering.cmake)
    add_test(NAME structure COMMAND ${COUNTERMAND_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/structure.py ${PROJECT_SOURCE_DIR})
    add_test(NAME structure_planted COMMAND ${COUNTERMAND_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/structure.py --planted)
    # Debian's qt6-l10n-tools; without it only what Python alone can see is looked at.
    find_program(COUNTERMAND_LUPDATE NAMES lupdate6 lupdate lupdate-qt6 PATHS /usr/lib/qt6/bin NO_DEFAULT_PATH)
    set(translations ${COUNTERMAND_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/translations.py)
    set(lupdate)
    if(COUNTERMAND_LUPDATE)
        set(lupdate ${COUNTERMAND_LUPDATE})
    endif()
    add_test(NAME translations COMMAND ${translations} ${PROJECT_SOURCE_DIR} ${lupdate})
    add_test(NAME translations_planted COMMAND ${translations} --planted ${lupdate})
    set_tests_properties(layering layering_planted structure structure_planted translations translations_planted PROPERTIES
        LABELS unit TIMEOUT ${patience})
    return()
endif()

get_filename_component(root "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
if(MODE STREQUAL "tidy")
    # Of a build whose floors are joined (the preset asan), where Qt's headers are read once per room and not once per
    # source. The headers that moc makes must be there: build first.
    find_program(tidy NAMES run-clang-tidy run-clang-tidy-14 REQUIRED)
    execute_process(COMMAND ${tidy} -quiet -p ${BUILD} "^(${root}/(app|ui)/|${BUILD}/(app|ui)/.*/Unity/)"
        COMMAND_ERROR_IS_FATAL ANY)
    return()
endif()

find_program(clang_format NAMES clang-format clang-format-14 REQUIRED)
set(patterns "")
foreach(folder IN ITEMS app ui tests)
    list(APPEND patterns "${root}/${folder}/*.h" "${root}/${folder}/*.cpp")
endforeach()
file(GLOB_RECURSE files ${patterns})
list(LENGTH files count)
if(count EQUAL 0)
    message(FATAL_ERROR "no source files below ${root}")
endif()
if(MODE STREQUAL "format")
    execute_process(COMMAND ${clang_format} -i ${files} COMMAND_ERROR_IS_FATAL ANY)
elseif(MODE STREQUAL "format-check")
    execute_process(COMMAND ${clang_format} --dry-run --Werror --ferror-limit=3 ${files} RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "not formatted; run: cmake --build build/release --target format")
    endif()
    message(STATUS "${count} files are formatted")
else()
    message(FATAL_ERROR "unknown MODE '${MODE}'")
endif()
