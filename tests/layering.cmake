# Reads every #include line of app/ and ui/ and fails on one that points up or sideways, between floors and between the
# rooms of ui/, and on a file in no room (ARCHITECTURE.md, "The house").
#   cmake -DROOT=<project> -DQT_HEADERS=<folder with QtCore/ ...> -P layering.cmake              checks the project
#   cmake -DROOT=... -DQT_HEADERS=... -DPLANTED=<scratch folder> -P layering.cmake               checks this check:
#       every planted bad line must be found, and no good one
cmake_minimum_required(VERSION 3.25)

# What each floor may include: floors, Qt modules. "system" allows the operating system's own headers.
set(floors_domain domain)
set(floors_exchange domain exchange)
set(floors_local domain local)
set(floors_practice domain exchange practice)
set(floors_workflow domain exchange local workflow)
set(floors_ui domain workflow ui)
set(floors_main domain exchange local practice workflow ui)
set(modules_domain QtCore)
set(modules_exchange QtCore QtNetwork)
set(modules_local QtCore qt6keychain system)
set(modules_practice QtCore QtNetwork)
set(modules_workflow QtCore)
set(modules_ui QtCore QtGui QtWidgets)
set(modules_main QtCore QtGui QtWidgets QtNetwork qt6keychain system)
# Files of app/local that talk to another program of the same session.
set(modules_local_extra QtDBus QtNetwork)
set(local_extra_files "secretservice" "desktopnotifier" "singleinstance" "instancelock" "keychain" "credentialstore")
# The files of app/domain that ask the system for what no library has: a clock that counts sleep, and a heap that
# overwrites what is freed.
set(domain_system_files "bootclock" "wipe")
set(known_floors domain exchange local practice workflow ui)

# The rooms of ui/, and what each may include besides itself: rooms, or single headers of a room.
set(rooms look notices words activity account table cancel window program)
set(room_look "")
set(room_notices look)
set(room_words notices/toast.h look/plural.h look/severity.h)
set(room_activity words look)
set(room_account words look)
set(room_table words look)
set(room_cancel table account activity words notices look)
set(room_window cancel table account activity words notices look)
set(room_program window cancel table account activity words notices look)
set(known_modules QtCore QtGui QtWidgets QtNetwork QtDBus QtTest)

# The Qt module of a class header such as QString; empty for what is not Qt's.
function(module_of header out)
    set(${out} "" PARENT_SCOPE)
    foreach(module IN LISTS known_modules)
        if(header MATCHES "^${module}/" OR EXISTS "${QT_HEADERS}/${module}/${header}")
            set(${out} ${module} PARENT_SCOPE)
            return()
        endif()
    endforeach()
endfunction()

# Why a file of ui/ may not include `name` ("ui/<room>/<header>"); empty when it may.
function(room_complaint file name out)
    set(${out} "" PARENT_SCOPE)
    string(REGEX REPLACE "^ui/([^/]+)/.*$" "\\1" own "${file}")
    string(REGEX REPLACE "^ui/" "" target "${name}")
    string(REGEX REPLACE "/.*$" "" room "${target}")
    if(NOT target MATCHES "/" OR NOT room IN_LIST rooms)
        set(${out} "in no room" PARENT_SCOPE)
    elseif(NOT room STREQUAL own AND NOT room IN_LIST room_${own} AND NOT target IN_LIST room_${own})
        set(${out} "${own} may not know ${target}" PARENT_SCOPE)
    endif()
endfunction()

# Why a file of `floor` may not include `header` (with its < or "); empty when it may.
function(complaint floor file header out)
    set(${out} "" PARENT_SCOPE)
    string(SUBSTRING "${header}" 0 1 kind)
    string(REGEX REPLACE "^[<\"]" "" name "${header}")
    get_filename_component(stem "${file}" NAME_WE)
    if(kind STREQUAL "\"")
        if(name MATCHES "^ui/" AND floor MATCHES "^(ui|main)$")
            room_complaint("${file}" "${name}" why)
            set(${out} "${why}" PARENT_SCOPE)
        elseif(name MATCHES "^([a-z]+)/" AND CMAKE_MATCH_1 IN_LIST known_floors)
            if(NOT CMAKE_MATCH_1 IN_LIST floors_${floor})
                set(${out} "${floor} may not know ${CMAKE_MATCH_1}" PARENT_SCOPE)
            endif()
        elseif(name MATCHES "/")
            set(${out} "not a floor of the house" PARENT_SCOPE)
        elseif(NOT name MATCHES "\\.moc$")
            set(${out} "name the floor: \"floor/${name}\"" PARENT_SCOPE)
        endif()
        return()
    endif()
    set(allowed ${modules_${floor}})
    if(floor STREQUAL "local" AND stem IN_LIST local_extra_files)
        list(APPEND allowed ${modules_local_extra})
    endif()
    if(floor STREQUAL "domain" AND stem IN_LIST domain_system_files)
        list(APPEND allowed system)
    endif()
    if(name MATCHES "^qt6keychain/")
        set(module qt6keychain)
    elseif(name MATCHES "^Qt[A-Z]" AND NOT name MATCHES "/" AND IS_DIRECTORY "${QT_HEADERS}/${name}")
        set(${out} "whole module; include the class" PARENT_SCOPE)
        return()
    else()
        module_of("${name}" module)
        if(module STREQUAL "" AND name MATCHES "^[a-z_0-9]+$")
            return() # the standard library
        elseif(module STREQUAL "" AND name MATCHES "^(Q|Qt)")
            set(${out} "unknown Qt header" PARENT_SCOPE)
            return()
        elseif(module STREQUAL "")
            set(module system)
        endif()
    endif()
    if(NOT module IN_LIST allowed)
        set(${out} "${floor} may not use ${module}" PARENT_SCOPE)
    endif()
endfunction()

# Checks a tree with app/ and ui/; `out_lines` counts the includes read, `out_bad` lists the complaints.
function(check_tree root out_lines out_bad)
    set(count 0)
    set(bad "")
    file(GLOB_RECURSE files RELATIVE "${root}" "${root}/app/*.h" "${root}/app/*.cpp" "${root}/ui/*.h" "${root}/ui/*.cpp")
    foreach(file IN LISTS files)
        if(file MATCHES "^ui/program/") # floor 4: the wiring
            set(floor main)
        elseif(file MATCHES "^ui/([a-z]+)/[^/]+$" AND CMAKE_MATCH_1 IN_LIST rooms)
            set(floor ui)
        elseif(file MATCHES "^ui/")
            list(APPEND bad "${file}: in no room")
            continue()
        elseif(file MATCHES "^app/([a-z]+)/" AND CMAKE_MATCH_1 IN_LIST known_floors)
            set(floor ${CMAKE_MATCH_1})
        else()
            list(APPEND bad "${file}: not on a floor of the house")
            continue()
        endif()
        file(STRINGS "${root}/${file}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
        foreach(line IN LISTS lines)
            math(EXPR count "${count} + 1")
            string(REGEX REPLACE "^[ \t]*#[ \t]*include[ \t]*([<\"][^>\"]+).*$" "\\1" header "${line}")
            complaint(${floor} "${file}" "${header}" why)
            if(NOT why STREQUAL "")
                string(REGEX REPLACE "^[<\"]" "" name "${header}")
                list(APPEND bad "${file}: includes ${name}: ${why}")
            endif()
        endforeach()
    endforeach()
    set(${out_lines} ${count} PARENT_SCOPE)
    set(${out_bad} "${bad}" PARENT_SCOPE)
endfunction()

if(NOT EXISTS "${QT_HEADERS}/QtCore/QString")
    message(FATAL_ERROR "QT_HEADERS does not hold Qt's headers: '${QT_HEADERS}'")
endif()

if(NOT DEFINED PLANTED)
    check_tree("${ROOT}" lines bad)
    list(JOIN bad "\n  " text)
    if(bad)
        message(FATAL_ERROR "includes that point up or sideways:\n  ${text}")
    elseif(lines LESS 100)
        message(FATAL_ERROR "only ${lines} include lines found below '${ROOT}': nothing was checked")
    endif()
    message(STATUS "${lines} include lines, none points up or sideways")
    return()
endif()

# file | its include | bad or good
set(cases
    "app/domain/a.h|\"exchange/wire.h\"|bad" "app/domain/b.cpp|<QNetworkReply>|bad" "app/domain/c.h|<QWidget>|bad"
    "app/domain/d.h|<QString>|good" "app/domain/e.h|<optional>|good" "app/domain/f.cpp|<unistd.h>|bad"
    "app/domain/bootclock.cpp|<windows.h>|good" "app/domain/bootclock.cpp|<QNetworkReply>|bad"
    "app/exchange/a.h|\"local/journal.h\"|bad" "app/exchange/b.h|<QNetworkAccessManager>|good"
    "app/exchange/c.h|\"domain/order.h\"|good" "app/exchange/d.cpp|\"workflow/orderfeed.h\"|bad"
    "app/exchange/e.cpp|<QColor>|bad"
    "app/local/a.h|\"exchange/wire.h\"|bad" "app/local/b.cpp|<qt6keychain/keychain.h>|good"
    "app/local/journal.cpp|<QDBusConnection>|bad" "app/local/secretservice.cpp|<QDBusConnection>|good"
    "app/local/desktopnotifier.cpp|<QDBusMessage>|good" "app/local/desktopnotifier.h|<QSystemTrayIcon>|bad"
    "app/practice/a.h|\"exchange/signature.h\"|good" "app/practice/b.h|\"workflow/openorders.h\"|bad"
    "app/practice/c.h|\"local/journal.h\"|bad"
    "app/workflow/a.h|\"practice/practicemarket.h\"|bad" "app/workflow/b.h|<QAbstractTableModel>|good"
    "app/workflow/c.h|<QNetworkReply>|bad" "app/workflow/d.h|<QIcon>|bad" "app/workflow/e.h|\"ui/notices/toast.h\"|bad"
    "app/workflow/f.h|\"local/journal.h\"|good" "app/workflow/g.h|<QtCore/QString>|good"
    "ui/table/a.h|\"exchange/coinwclient.h\"|bad" "ui/table/b.h|\"local/journal.h\"|bad"
    "ui/window/c.h|\"practice/practicemarket.h\"|bad" "ui/table/d.h|<QTableView>|good" "ui/table/e.h|<QtWidgets>|bad"
    "ui/table/f.h|<QNetworkReply>|bad" "ui/notices/g.h|\"toast.h\"|bad" "ui/table/h.cpp|\"h.moc\"|good"
    "ui/account/i.h|<qt6keychain/keychain.h>|bad" "ui/table/j.h|\"../app/domain/order.h\"|bad"
    "ui/program/main.cpp|\"practice/practicenetwork.h\"|good" "ui/program/a.cpp|\"practice/practicemenu.h\"|good"
    "ui/window/k.cpp|\"ui/program/options.h\"|bad" "ui/program/l.cpp|\"ui/program/options.h\"|good"
    "ui/look/m.h|\"ui/words/orderwords.h\"|bad" "ui/notices/n.h|\"ui/words/cancelwords.h\"|bad"
    "ui/table/o.cpp|\"ui/cancel/armdelay.h\"|bad" "ui/table/p.h|\"ui/account/badge.h\"|bad"
    "ui/activity/q.cpp|\"ui/table/rowstate.h\"|bad" "ui/words/r.h|\"ui/look/theme.h\"|bad"
    "ui/words/s.h|\"ui/look/severity.h\"|good" "ui/words/t.h|\"ui/notices/toast.h\"|good"
    "ui/words/u.h|\"ui/notices/toastqueue.h\"|bad" "ui/cancel/v.cpp|\"ui/table/orderlist.h\"|good"
    "ui/window/w.cpp|\"ui/window/statusline.h\"|good" "ui/table/x.h|\"ui/theme.h\"|bad"
    "ui/table/x.h|\"ui/attic/theme.h\"|bad" "ui/y.h|<QString>|bad" "ui/attic/z.h|<QString>|bad"
    "ui/table/inner/z.h|<QString>|bad" "app/helpers/a.h|<QString>|bad")
set(wrong "")
foreach(case IN LISTS cases)
    string(REPLACE "|" ";" parts "${case}")
    list(GET parts 0 file)
    list(GET parts 1 header)
    list(GET parts 2 expected)
    file(REMOVE_RECURSE "${PLANTED}")
    file(WRITE "${PLANTED}/${file}" "#pragma once\n#include ${header}\n")
    check_tree("${PLANTED}" lines bad)
    if((bad AND expected STREQUAL "good") OR (NOT bad AND expected STREQUAL "bad"))
        list(APPEND wrong "${file} with ${header} should be ${expected}: '${bad}'")
    endif()
endforeach()
file(REMOVE_RECURSE "${PLANTED}")
list(LENGTH cases count)
if(wrong)
    list(JOIN wrong "\n  " text)
    message(FATAL_ERROR "the layering check is wrong about:\n  ${text}")
endif()
message(STATUS "${count} planted includes judged rightly")
