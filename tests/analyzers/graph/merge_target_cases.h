#pragma once

#include "merge_case.h"

namespace patchgate {

/// Where a call may end that does not say it: behind bases, pointers, aliases and other definitions of a name.
inline const MergeCase kMergeTargetCases[] = {
    {"a virtual call may go to every overrider, also across units and through a diamond",
     R"(== use.cc
        + fn use 1
        ? method A::f a.h:1
        use > A::f virtual 1
        == a.h
        + type A 1
        ? method A::f a.h:1
        == b.cc
        + method B::f 1
        ? method A::f a.h:1
        B::f ^ A::f
        == c.cc
        + method C::f 1
        ? method A::f a.h:1
        C::f ^ A::f
        == d.cc
        + method D::f 1
        ? method B::f b.h:1
        ? method C::f c.h:1
        D::f ^ B::f
        D::f ^ C::f)",
     "type A a.h:1-1 defined\n"
     "method A::f a.h:1-0\n"
     "method B::f b.cc:1-1 defined\n"
     "method C::f c.cc:1-1 defined\n"
     "method D::f d.cc:1-1 defined\n"
     "function use use.cc:1-1 defined\n",
     "use -> A::f virtual exact 1\n"
     "use -> B::f override possible 1\n"
     "use -> C::f override possible 1\n"
     "use -> D::f override possible 1\n"},
    {"a virtual call in the middle goes down, not up",
     R"(== a.cc
        + method A::f 1
        + method B::f 2
        + method C::f 3
        + fn use 4-9
        B::f ^ A::f
        C::f ^ B::f
        use > B::f virtual 6
        use > B::f virtual 5)",
     "method A::f a.cc:1-1 defined\n"
     "method B::f a.cc:2-2 defined\n"
     "method C::f a.cc:3-3 defined\n"
     "function use a.cc:4-9 defined\n",
     "use -> B::f virtual exact 5\n"
     "use -> C::f override possible 5\n"},
    {"a circle of overriders ends",
     R"(== a.cc
        + method A::f 1
        + method B::f 2
        + fn use 4
        A::f ^ B::f
        B::f ^ A::f
        use > A::f virtual 4)",
     "method A::f a.cc:1-1 defined\n"
     "method B::f a.cc:2-2 defined\n"
     "function use a.cc:4-4 defined\n",
     "use -> A::f virtual exact 4\n"
     "use -> B::f override possible 4\n"},
    {"a table of function pointers: calls go to all of the type whose address was taken",
     R"(== table.c
        ? fn get cmd.h:1
        ? fn set cmd.h:2
        + var table 1-9
        table > get address 2
        table > set address 3
        &get (client)
        &set (client)
        == cmd.c
        + fn get 1
        + fn set 2
        + fn del 3
        + fn other 4
        &other (int)
        == run.c
        + fn run 1-9
        run *> (client) 7
        run *> (client) 5
        run *> (none) 8)",
     "function get cmd.c:1-1 defined\n"
     "function set cmd.c:2-2 defined\n"
     "function del cmd.c:3-3 defined\n"
     "function other cmd.c:4-4 defined\n"
     "function run run.c:1-9 defined\n"
     "variable table table.c:1-9 defined\n",
     "run -> get indirect possible 5 by type\n"
     "run -> set indirect possible 5 by type\n"
     "table -> get address exact 2\n"
     "table -> set address exact 3\n"},
    {"through a slot only what is put into it",
     R"(== a.c
        + fn get 1
        + fn set 2
        &get (client)
        &set (client)
        [read] < get
        [write] < [setter]
        [setter] < set
        == run.c
        + fn run 1-9
        + fn go 10
        + fn any 11
        run *> (client) 7 [read]
        go *> (client) 10 [write]
        any *> (client) 11)",
     "function get a.c:1-1 defined\n"
     "function set a.c:2-2 defined\n"
     "function run run.c:1-9 defined\n"
     "function go run.c:10-10 defined\n"
     "function any run.c:11-11 defined\n",
     "run -> get indirect possible 7 by slot\n"
     "go -> set indirect possible 10 by slot\n"
     "any -> get indirect possible 11 by type\n"
     "any -> set indirect possible 11 by type\n"},
    {"an open slot and an empty one leave the type to say",
     R"(== a.c
        + fn get 1
        + fn set 2
        + fn run 3
        + fn go 4
        &get (client)
        &set (client)
        [read] < get
        [read] < ?
        [nothing] < [never]
        run *> (client) 3 [read]
        go *> (client) 4 [nothing])",
     "function get a.c:1-1 defined\n"
     "function set a.c:2-2 defined\n"
     "function run a.c:3-3 defined\n"
     "function go a.c:4-4 defined\n",
     "run -> get indirect possible 3 by slot\n"
     "run -> set indirect possible 3 by type\n"
     "go -> get indirect possible 4 by type\n"
     "go -> set indirect possible 4 by type\n"},
    {"what a function without a definition gives back is open",
     R"(== a.c
        + fn get 1
        + fn set 2
        + fn mine 3
        + fn run 4
        + fn go 5
        ? fn theirs a.h:1
        &get (client)
        &set (client)
        [theirs()] < get
        [mine()] < get
        run > theirs call 4
        go > mine call 5
        run *> (client) 4 [theirs()]
        go *> (client) 5 [mine()])",
     "function get a.c:1-1 defined\n"
     "function set a.c:2-2 defined\n"
     "function mine a.c:3-3 defined\n"
     "function run a.c:4-4 defined\n"
     "function go a.c:5-5 defined\n"
     "function theirs a.h:1-0\n",
     "run -> get indirect possible 4 by slot\n"
     "run -> set indirect possible 4 by type\n"
     "run -> theirs call exact 4\n"
     "go -> get indirect possible 5 by slot\n"
     "go -> mine call exact 5\n"},
    {"of inline functions of one name any may be the one that is kept",
     R"(== a.cpp
        + inline fn value 1
        + fn a 2
        a > value call 2
        == b.cpp
        + inline fn value 5
        + fn b 6
        b > value call 6
        == c.cpp
        + fn value 9)",
     "function value a.cpp:1-1 defined\n"
     "function a a.cpp:2-2 defined\n"
     "function value b.cpp:5-5 defined\n"
     "function b b.cpp:6-6 defined\n"
     "function value c.cpp:9-9 defined\n",
     "a -> value@a.cpp:1 call exact 2\n"
     "a -> value@b.cpp:5 call possible 2\n"
     "b -> value@a.cpp:1 call possible 6\n"
     "b -> value@b.cpp:5 call exact 6\n"},
    {"beside a weak definition another one may be the one that is kept",
     R"(== a.c
        + weak fn hook 1
        + fn a 2
        a > hook call 2
        == b.c
        + fn hook 5
        + fn b 6
        b > hook call 6)",
     "function hook a.c:1-1 defined\n"
     "function a a.c:2-2 defined\n"
     "function hook b.c:5-5 defined\n"
     "function b b.c:6-6 defined\n",
     "a -> hook@a.c:1 call exact 2\n"
     "a -> hook@b.c:5 call possible 2\n"
     "b -> hook@b.c:5 call exact 6\n"},
    {"who calls an alias calls what is behind it",
     R"(== a.c
        + fn real 1
        + alias fn other 2
        other > real call 2
        == b.c
        ? fn other a.h:1
        + fn use 3
        use > other call 3
        == c.c
        ? fn other a.h:1
        + fn later 4
        &other (void)
        later *> (void) 4)",
     "function real a.c:1-1 defined\n"
     "function other a.c:2-2 defined\n"
     "function use b.c:3-3 defined\n"
     "function later c.c:4-4 defined\n",
     "other -> real call exact 2\n"
     "use -> real call exact 3\n"
     "use -> other call exact 3\n"
     "later -> real indirect possible 4 by type\n"
     "later -> other indirect possible 4 by type\n"},
    {"a pointer to a virtual method may end in every overrider",
     R"(== a.cc
        + method A::f 1
        + method B::f 2
        B::f ^ A::f
        + fn use 4
        use *> (int) 4 [m]
        [m] < A::f)",
     "method A::f a.cc:1-1 defined\n"
     "method B::f a.cc:2-2 defined\n"
     "function use a.cc:4-4 defined\n",
     "use -> A::f indirect possible 4 by slot\n"
     "use -> B::f override possible 4\n"},
};

}  // namespace patchgate
