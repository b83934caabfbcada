#pragma once

namespace patchgate {

/// Facts (see graph_text.h), and the nodes and edges that they become.
struct MergeCase {
  const char* name;
  const char* facts;
  const char* nodes;
  const char* edges;
};

inline const MergeCase kMergeCases[] = {
    {"a call into another file finds the definition",
     R"(== a.c
        + fn main 1-3
        ? fn util util.h:4
        main > util call 2
        == b.c
        + fn util 7-9)",
     "function main a.c:1-3 defined\n"
     "function util b.c:7-9 defined\n",
     "main -> util call exact 2\n"},
    {"a symbol of the C library has no place",
     R"(== a.c
        + fn main 1-3
        ? fn puts
        main > puts call 2)",
     "function puts :0-0 outside\n"
     "function main a.c:1-3 defined\n",
     "main -> puts call exact 2\n"},
    {"what nothing defines stands where it is first declared",
     R"(== b.c
        + fn b 1
        ? fn plugin z.h:1
        b > plugin call 1
        == a.c
        + fn a 1
        ? fn plugin a.h:9
        ? fn other
        a > plugin call 1
        == c.c
        + fn c 1
        ? fn plugin
        c > plugin call 1)",
     "function other :0-0 outside\n"
     "function a a.c:1-1 defined\n"
     "function plugin a.h:9-0\n"
     "function b b.c:1-1 defined\n"
     "function c c.c:1-1 defined\n",
     "a -> plugin call exact 1\n"
     "b -> plugin call exact 1\n"
     "c -> plugin call exact 1\n"},
    {"several mains stay apart, each with its own calls",
     R"(== a.c
        + fn main 1-2
        + static fn go 5
        main > go call 2
        == b.c
        + fn main 1-2
        ? fn puts
        main > puts call 2)",
     "function puts :0-0 outside\n"
     "function main a.c:1-2 defined\n"
     "function go a.c:5-5 defined internal\n"
     "function main b.c:1-2 defined\n",
     "main@a.c:1 -> go call exact 2\n"
     "main@b.c:1 -> puts call exact 2\n"},
    {"a reference goes to all definitions",
     R"(== a.c
        + fn main 1-2
        ? fn usage u.h:1
        main > usage call 2
        == b.c
        + fn usage 1
        == c.c
        + fn usage 1)",
     "function main a.c:1-2 defined\n"
     "function usage b.c:1-1 defined\n"
     "function usage c.c:1-1 defined\n",
     "main -> usage@b.c:1 call exact 2\n"
     "main -> usage@c.c:1 call exact 2\n"},
    {"but to the one in its own file alone",
     R"(== b.c
        ? fn usage u.h:1     # this configuration only declares it
        + fn main 3
        main > usage call 3
        == b.c
        + fn usage 1         # another one defines it
        == c.c
        + fn usage 1)",
     "function usage b.c:1-1 defined\n"
     "function main b.c:3-3 defined\n"
     "function usage c.c:1-1 defined\n",
     "main -> usage@b.c:1 call exact 3\n"},
    {"and to the one that it saw",
     R"(== a.c
        + fn main 1
        ! fn clamp x.h:1-2
        main > clamp call 1
        == x.h
        + fn clamp 1-2
        == y.h
        + fn clamp 5-6)",
     "function main a.c:1-1 defined\n"
     "function clamp x.h:1-2 defined\n"
     "function clamp y.h:5-6 defined\n",
     "main -> clamp@x.h:1 call exact 1\n"},
    {"a definition seen where there are no facts counts",
     R"(== a.c
        + fn main 1
        ! fn clamp x.h:1-2
        main > clamp call 1)",
     "function main a.c:1-1 defined\n"
     "function clamp x.h:1-2 defined\n",
     "main -> clamp call exact 1\n"},
    {"one that the file no longer has moved away",
     R"(== a.c
        + fn main 1
        ! fn clamp x.h:1-2
        main > clamp call 1
        == x.h
        + fn other 1
        == y.h
        + fn clamp 5-6)",
     "function main a.c:1-1 defined\n"
     "function other x.h:1-1 defined\n"
     "function clamp y.h:5-6 defined\n",
     "main -> clamp call exact 1\n"},
    {"or is gone, and then only declared",
     R"(== a.c
        + fn main 1
        ! fn clamp x.h:1-2
        main > clamp call 1
        == x.h
        + fn other 1)",
     "function main a.c:1-1 defined\n"
     "function clamp x.h:1-0\n"
     "function other x.h:1-1 defined\n",
     "main -> clamp call exact 1\n"},
    {"or its whole file is",
     R"(== a.c
        + fn main 1
        ! fn clamp x.h:1-2
        main > clamp call 1
        == x.h)",
     "function main a.c:1-1 defined\n"
     "function clamp x.h:1-0\n",
     "main -> clamp call exact 1\n"},
    {"what the file says of itself beats what others remember",
     R"(== a.c
        + fn main 1
        ! fn clamp x.h:1-2
        == x.h
        + fn clamp 30-40)",
     "function main a.c:1-1 defined\n"
     "function clamp x.h:30-40 defined\n",
     ""},
    {"statics of one name stay apart",
     R"(== a/dict.c
        + static fn grow 1
        + fn a 2
        a > grow call 2
        == b/dict.c
        + static fn grow 1
        + fn b 2
        b > grow call 2)",
     "function grow a/dict.c:1-1 defined internal\n"
     "function a a/dict.c:2-2 defined\n"
     "function grow b/dict.c:1-1 defined internal\n"
     "function b b/dict.c:2-2 defined\n",
     "a -> grow@a/dict.c:1 call exact 2\n"
     "b -> grow@b/dict.c:1 call exact 2\n"},
    {"overloads stay apart",
     R"(== a.cc
        + fn put/int 1
        + fn put/char 2
        + fn run 3
        run > put/char call 3)",
     "function put a.cc:1-1 defined\n"
     "function put a.cc:2-2 defined\n"
     "function run a.cc:3-3 defined\n",
     "run -> put@a.cc:2 call exact 3\n"},
    {"recursion is an edge, a destructor that destroys itself is none",
     R"(== a.cc
        + fn walk 1
        + dtor A::~A 2
        walk > walk call 1
        A::~A > A::~A destruct 2
        A::~A > A::~A call 2)",
     "function walk a.cc:1-1 defined\n"
     "destructor A::~A a.cc:2-2 defined\n",
     "walk -> walk call exact 1\n"
     "A::~A -> A::~A call exact 2\n"},
    {"one link for each kind and confidence, with the first line",
     R"(== a.c
        + fn a 1-9
        + fn b 10
        a > b call 7
        a > b call 3
        a > b address 5
        a > b call~ 2
        == a.c
        + fn a 1-9
        + fn b 10
        a > b call 4)",
     "function a a.c:1-9 defined\n"
     "function b a.c:10-10 defined\n",
     "a -> b call exact 3\n"
     "a -> b address exact 5\n"},
    {"configurations of one file add up",
     R"(== a.c
        + fn a 1
        ? fn open_linux
        a > open_linux call 1
        == a.c
        + fn a 1
        ? fn open_bsd
        a > open_bsd call 1)",
     "function open_bsd :0-0 outside\n"
     "function open_linux :0-0 outside\n"
     "function a a.c:1-1 defined\n",
     "a -> open_bsd call exact 1\n"
     "a -> open_linux call exact 1\n"},
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
    {"include edges are kept apart",
     R"(== a.c
        + fn a 1
        + fn b 2
        a > b include 1
        include b.h
        include a.h)",
     "function a a.c:1-1 defined\n"
     "function b a.c:2-2 defined\n",
     ""},
    {"nothing", "", "", ""},
};

}  // namespace patchgate
