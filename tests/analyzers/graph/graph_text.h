#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// A small language for facts. One statement a line, `#` to the end of the line is a comment:
///
///     == src/a.c                     facts of this file follow
///     + fn run 3-9                   defines it here (kinds: fn method ctor dtor op lambda macro type field var enum)
///     + static fn run 3-9            with internal linkage
///     + fn run/int 3-9               an overload: named `run`, told apart by what follows the slash
///     ? fn puts                      refers to it; declared outside
///     ? fn util src/util.h:4         refers to it; declared there
///     + inline fn get 4              inline in C++: of several definitions the linker keeps one
///     + weak fn get 4                gives way to another definition of that name
///     + alias fn get 4               another name for what it calls
///     + made fn get 4                a template that this unit instantiates
///     ! fn twice src/util.h:5-7      refers to it and saw its definition there
///     run > puts call 5              edge: kind, line; call~ is possible, call= is by name
///     run *> (int) 7                 call through a pointer to a function of type (int)
///     run *> (int) 7 [hook]          the same through slot `hook`
///     &util (int)                    address of util taken
///     [hook] < util                  util is put into the slot; `[hook] < [other]`: what is in the other slot;
///                                    `[hook] < ?`: something unknown
///     [make()] < util                util is put into what make gives back
///     outside [compare] qsort        code outside calls what is in the slot
///     B::f ^ A::f                    overrides
///     run : make => send 8           run passes what make wrote to send; `=> return`: gives it to its own caller
///     run : puts/0 "DELETE" 9        literal argument
///     run ! assembler 5              blind spot: kind (first word), line, text; `(file) ! assembler 5` at file scope
///     include src/util.h
std::vector<FileFacts> facts_of(std::string_view text);

Graph graph_of(std::string_view text);

/// `caller -> callee kind confidence line`, in order; an indirect one says by which rule; a name is followed by @file
/// where it is needed to tell two apart.
std::string edges_text(const Graph& graph);
/// `kind name file:line-end` and flags, in order.
std::string nodes_text(const Graph& graph);

/// `holder or (file): kind text file:line`, in order.
std::string blind_spots_text(const Graph& graph);

/// The one node of that name (`name@file` picks one of several).
NodeId named(const Graph& graph, std::string_view name);
/// Names of those nodes, separated by blanks.
std::string names_of(const Graph& graph, const std::vector<NodeId>& ids);

}  // namespace patchgate
