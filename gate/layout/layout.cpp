#include "gate/layout/layout.h"

#include <algorithm>
#include <string>

#ifdef PATCHGATE_GRAPHVIZ
#include <cerrno>
#include <cstring>
#include <map>

#include <dlfcn.h>
#include <fcntl.h>
#include <graphviz/gvc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace patchgate {

#ifdef PATCHGATE_GRAPHVIZ
namespace {

constexpr std::size_t kMostBoxes = 200;
constexpr std::size_t kMostArrows = 1000;
constexpr double kPointsPerInch = 72;
constexpr rlim_t kMostSeconds = 20;

int say_nothing(char* /*message*/) { return 0; }

/// Graphviz takes its names and values as char*, and changes none of them.
char* word(const char* text) { return const_cast<char*>(text); }
char* word(const std::string& text) { return const_cast<char*>(text.c_str()); }

// Graphviz takes the address of a name for the id of what bears it, and orders by ids: a drawing would depend on how
// memory lay before. These ids are counted.

struct CountedIds {
  std::map<std::string, IDTYPE> by_name;
  std::map<IDTYPE, std::string> names;
  IDTYPE last = 0;
};

void* open_ids(Agraph_t* /*graph*/, Agdisc_t* /*discipline*/) { return new CountedIds; }
void close_ids(void* state) { delete static_cast<CountedIds*>(state); }
long id_of_name(void* state, int /*kind*/, char* name, IDTYPE* id, int create) {
  auto& ids = *static_cast<CountedIds*>(state);
  if (name == nullptr) {
    if (create != 0) *id = ++ids.last;
    return create;
  }
  if (const auto known = ids.by_name.find(name); known != ids.by_name.end()) {
    *id = known->second;
    return 1;
  }
  if (create == 0) return 0;
  *id = ++ids.last;
  ids.by_name.emplace(name, *id);
  ids.names.emplace(*id, name);
  return 1;
}
long take_id(void* /*state*/, int /*kind*/, IDTYPE /*id*/) { return 0; }
void free_id(void* state, int /*kind*/, IDTYPE id) {
  auto& ids = *static_cast<CountedIds*>(state);
  const auto name = ids.names.find(id);
  if (name == ids.names.end()) return;
  ids.by_name.erase(name->second);
  ids.names.erase(name);
}
char* name_of_id(void* state, int /*kind*/, IDTYPE id) {
  auto& names = static_cast<CountedIds*>(state)->names;
  const auto name = names.find(id);
  return name == names.end() ? nullptr : name->second.data();
}
void note_id(void* /*state*/, int /*kind*/, void* /*object*/) {}

/// One graph of Graphviz, freed in the order that it wants.
class Drawing {
 public:
  /// `layout_plugin`: Graphviz's own, as dlsym() gives it.
  explicit Drawing(void* layout_plugin) {
    agseterrf(say_nothing);
    static lt_symlist_t plugins[] = {{"gvplugin_dot_layout_LTX_library", layout_plugin}, {nullptr, nullptr}};
    context_ = gvContextPlugins(plugins, 0);
    static Agiddisc_t ids{open_ids, id_of_name, take_id, free_id, name_of_id, close_ids, note_id};
    static Agdisc_t discipline{&AgMemDisc, &ids, &AgIoDisc};
    graph_ = agopen(word("g"), Agdirected, &discipline);
    for (const auto& [name, value] :
         {std::pair("rankdir", "LR"), std::pair("ranksep", "0.6"), std::pair("nodesep", "0.16"),
          std::pair("nslimit", "20"), std::pair("mclimit", "1")})
      agattr(graph_, AGRAPH, word(name), word(value));
    for (const auto& [name, value] : {std::pair("shape", "box"), std::pair("fixedsize", "true"), std::pair("label", ""),
                                      std::pair("width", "1"), std::pair("height", "1")})
      agattr(graph_, AGNODE, word(name), word(value));
  }
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;
  ~Drawing() {
    if (laid_out_) gvFreeLayout(context_, graph_);
    agclose(graph_);
    gvFreeContext(context_);
    agseterrf(nullptr);
  }

  void add_box(const BoxSize& size) {
    auto* node = agnode(graph_, word("n" + std::to_string(nodes_.size())), 1);
    agset(node, word("width"), word(std::to_string(size.width / kPointsPerInch)));
    agset(node, word("height"), word(std::to_string(size.height / kPointsPerInch)));
    nodes_.push_back(node);
  }
  void add_arrow(std::size_t from, std::size_t to) {
    edges_.push_back(agedge(graph_, nodes_[from], nodes_[to], nullptr, 1));
  }
  bool lay_out() { return laid_out_ = gvLayout(context_, graph_, "dot") == 0; }

  LaidOut result() const {
    const auto& box = GD_bb(graph_);
    const auto place = [&](const pointf& at) { return PagePoint{at.x - box.LL.x, box.UR.y - at.y}; };
    LaidOut out;
    out.width = box.UR.x - box.LL.x;
    out.height = box.UR.y - box.LL.y;
    for (auto* node : nodes_) out.centres.push_back(place(ND_coord(node)));
    for (auto* edge : edges_) {
      auto& curve = out.curves.emplace_back();
      const auto* splines = ED_spl(edge);
      if (splines == nullptr || splines->size == 0) continue;
      const auto& bezier = splines->list[0];
      for (int i = 0; i < bezier.size; ++i) curve.push_back(place(bezier.list[i]));
      // The arrow's head is not part of the curve.
      if (bezier.eflag != 0 && !curve.empty()) curve.back() = place(bezier.ep);
    }
    return out;
  }

 private:
  GVC_t* context_ = nullptr;
  Agraph_t* graph_ = nullptr;
  std::vector<Agnode_t*> nodes_;
  std::vector<Agedge_t*> edges_;
  bool laid_out_ = false;
};

/// What goes through the pipe: the size, the centres, then for each arrow how many points and those.
std::vector<double> to_numbers(const LaidOut& out) {
  std::vector<double> numbers{out.width, out.height};
  const auto add = [&](const PagePoint& at) { numbers.insert(numbers.end(), {at.x, at.y}); };
  for (const auto& centre : out.centres) add(centre);
  for (const auto& curve : out.curves) {
    numbers.push_back(static_cast<double>(curve.size()));
    for (const auto& point : curve) add(point);
  }
  return numbers;
}

std::optional<LaidOut> from_numbers(const std::vector<double>& numbers, std::size_t boxes, std::size_t arrows) {
  std::size_t at = 0;
  bool whole = true;
  const auto next = [&] {
    whole = whole && at < numbers.size();
    return whole ? numbers[at++] : 0.0;
  };
  const auto point = [&] {
    const double x = next();
    return PagePoint{x, next()};
  };
  LaidOut out;
  out.width = next();
  out.height = next();
  while (whole && out.centres.size() < boxes) out.centres.push_back(point());
  while (whole && out.curves.size() < arrows) {
    auto& curve = out.curves.emplace_back();
    for (auto count = next(); whole && count >= 1; --count) curve.push_back(point());
  }
  if (!whole || at != numbers.size()) return std::nullopt;
  return out;
}

[[noreturn]] void draw_and_exit(std::span<const BoxSize> boxes,
                                std::span<const std::pair<std::size_t, std::size_t>> arrows, int pipe) {
  const rlimit time{kMostSeconds, kMostSeconds}, none{0, 0};
  ::setrlimit(RLIMIT_CPU, &time);
  ::setrlimit(RLIMIT_CORE, &none);
  // It lies in a folder of Graphviz's own, where the linker does not look; this is where it was when we were built.
  void* library = ::dlopen(PATCHGATE_DOT_LAYOUT, RTLD_NOW);
  void* plugin = library == nullptr ? nullptr : ::dlsym(library, "gvplugin_dot_layout_LTX_library");
  if (plugin == nullptr) ::_exit(1);
  Drawing drawing(plugin);
  for (const auto& box : boxes) drawing.add_box(box);
  for (const auto& [from, to] : arrows) drawing.add_arrow(from, to);
  if (!drawing.lay_out()) ::_exit(1);
  const auto numbers = to_numbers(drawing.result());
  const auto* bytes = reinterpret_cast<const char*>(numbers.data());
  for (std::size_t left = numbers.size() * sizeof(double); left > 0;) {
    const auto done = ::write(pipe, bytes, left);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) ::_exit(1);
    bytes += done;
    left -= static_cast<std::size_t>(done);
  }
  ::_exit(0);
}

bool read_all(int pipe, std::vector<double>& numbers) {
  std::string bytes;
  char buffer[65536];
  for (;;) {
    const auto got = ::read(pipe, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break;
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
  numbers.resize(bytes.size() / sizeof(double));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(double));
  return bytes.size() % sizeof(double) == 0;
}

}  // namespace

std::optional<LaidOut> lay_out(std::span<const BoxSize> boxes,
                               std::span<const std::pair<std::size_t, std::size_t>> arrows) {
  if (boxes.empty() || boxes.size() > kMostBoxes || arrows.size() > kMostArrows) return std::nullopt;
  const auto outside = [&](const auto& arrow) { return arrow.first >= boxes.size() || arrow.second >= boxes.size(); };
  if (std::any_of(arrows.begin(), arrows.end(), outside)) return std::nullopt;
  // A process of its own: what Graphviz keeps from one drawing would change the next, and what it can't draw costs
  // the drawing alone.
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  const auto child = ::fork();
  if (child == 0) draw_and_exit(boxes, arrows, ends[1]);
  ::close(ends[1]);
  std::vector<double> numbers;
  const bool whole = child > 0 && read_all(ends[0], numbers);
  ::close(ends[0]);
  int status = 0;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!whole || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return from_numbers(numbers, boxes.size(), arrows.size());
}

bool can_lay_out() { return true; }

#else

std::optional<LaidOut> lay_out(std::span<const BoxSize> /*boxes*/,
                               std::span<const std::pair<std::size_t, std::size_t>> /*arrows*/) {
  return std::nullopt;
}

bool can_lay_out() { return false; }

#endif

}  // namespace patchgate
