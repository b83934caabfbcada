#pragma once

#include "merge_case.h"

namespace patchgate {

/// Which mentions of several units are one symbol.
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
