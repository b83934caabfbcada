#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/graph/mentions.h"
#include "analyzers/graph/slot_targets.h"
#include "analyzers/graph/strings.h"

namespace patchgate {

struct RawEdge {
  MentionId from, to;
  std::uint32_t line;
  EdgeKind kind;
  Confidence confidence;
  EdgeRule rule;
};

inline constexpr MentionId kNoMention = 0xffffffffU;

struct RawFlow {
  MentionId caller, producer, consumer;
  std::uint32_t line;
};

struct RawLiteral {
  MentionId caller, callee;
  std::uint32_t text, line;
  std::uint8_t position;
};

struct RawBlindSpot {
  MentionId in;
  std::uint32_t file, line, text;
  BlindSpotKind kind;
};

/// Facts as they came, with symbols as mentions: which node a mention is can only be said when all are known.
struct GraphBuilder::State {
  Strings strings;
  Mentions mentions;
  std::vector<bool> has_facts;  // by number of the file's name
  std::vector<RawEdge> edges;
  std::vector<std::pair<MentionId, MentionId>> overrides;
  struct RawCall {
    MentionId caller;
    std::uint32_t line;
    std::uint64_t type;
    Slot slot;
  };
  std::vector<RawCall> calls;
  std::vector<std::pair<Slot, MentionId>> slot_values;
  SlotTargets slots;
  std::vector<std::pair<Slot, std::uint32_t>> outside_slots;  // with the number of the name
  std::vector<std::pair<std::uint64_t, MentionId>> addresses;
  std::vector<RawFlow> flows;
  std::vector<RawLiteral> literals;
  std::vector<RawBlindSpot> blind_spots;
  std::map<std::string, std::vector<std::string>> includes;
};

}  // namespace patchgate
