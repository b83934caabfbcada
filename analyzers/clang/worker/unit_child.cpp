#include "analyzers/clang/worker/unit_child.h"

#include <memory>

#include <unistd.h>

#include "analyzers/clang/protocol/frames.h"
#include "analyzers/clang/worker/probe.h"

namespace patchgate {
namespace {

using namespace protocol;

FileEntry ask_parent(int socket, FrameReader& reader, const FileQuery& query) {
  if (!send_all(socket, frame(Type::file_query, encode(query)))) ::_exit(kExitLostParent);
  const auto reply = receive(socket, reader);
  if (!reply || reply->type != Type::file_reply) ::_exit(kExitLostParent);
  const auto entry = decode_file_entry(reply->payload);
  if (!entry) ::_exit(kExitLostParent);
  return *entry;
}

}  // namespace

ParseRequest request_of(const ChildSetup& setup, const ParseBody& body) {
  ParseRequest request;
  request.root = body.root;
  request.directory = body.directory;
  request.main_file = body.main_file;
  request.arguments = body.arguments;
  request.resource_dir = setup.resource_dir;
  request.every_body = setup.limits.every_body;
  request.is_last = true;
  return request;
}

llvm::IntrusiveRefCntPtr<BrokeredFileSystem> files_of(const ChildSetup& setup, const ParseBody& body) {
  const auto reader = std::make_shared<FrameReader>();
  const auto ask = [reader, socket = setup.socket](const FileQuery& query) {
    return ask_parent(socket, *reader, query);
  };
  return llvm::makeIntrusiveRefCnt<BrokeredFileSystem>(*setup.files, body.side == 0 ? Scope::base : Scope::head,
                                                       body.root, ask);
}

std::string probed(const ChildSetup& setup, std::string_view kind) {
  return std::to_string(run_probe(kind, setup.worker));
}

void end_with(const ChildSetup& setup, std::string_view answer) {
  if (answer.size() >= kMaxFrame) ::_exit(kExitOutOfMemory);
  ::_exit(send_all(setup.socket, frame(Type::answer, answer)) ? 0 : kExitLostParent);
}

}  // namespace patchgate
