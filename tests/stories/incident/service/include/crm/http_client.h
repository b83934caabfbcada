#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crm/json.h"

namespace crm {

struct Response {
  long status = 0;  ///< 0: no answer
  std::string body;
  std::string error;
};

bool succeeded(const Response& response);
bool should_retry(const Response& response);
std::string encode_path_segment(std::string_view text);
std::string record_path(std::string_view collection, std::int64_t id);
std::string join_url(std::string_view base, std::string_view path);

/// Talks to the CRM's REST interface. One connection, one thread.
class HttpClient {
 public:
  HttpClient(std::string base_url, std::string token);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  Response get(std::string_view path);
  /// Creates a record.
  Response post(std::string_view path, const json::Object& body);
  /// Partial update: fields left out keep their value, null deletes.
  Response patch(std::string_view path, const json::Object& body);
  Response remove(std::string_view path);

 private:
  Response send(const char* method, std::string_view path, const std::string& body);

  void* curl_;
  std::string base_url_;
  std::string token_;
};

}  // namespace crm
