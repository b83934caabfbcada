#include "crm/http_client.h"

#include <cctype>

#include <curl/curl.h>

#include "crm/log.h"
#include "crm/text.h"

namespace crm {
namespace {

std::size_t append_body(char* data, std::size_t size, std::size_t count, void* target) {
  static_cast<std::string*>(target)->append(data, size * count);
  return size * count;
}

bool is_unreserved(unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_' || c == '~'; }

}  // namespace

bool succeeded(const Response& response) { return response.status >= 200 && response.status < 300; }

bool should_retry(const Response& response) {
  return response.status == 0 || response.status == 429 || response.status >= 500;
}

std::string encode_path_segment(std::string_view text) {
  static const char digits[] = "0123456789ABCDEF";
  std::string result;
  for (unsigned char c : text) {
    if (is_unreserved(c)) {
      result += static_cast<char>(c);
    } else {
      result += '%';
      result += digits[c >> 4];
      result += digits[c & 15];
    }
  }
  return result;
}

std::string record_path(std::string_view collection, std::int64_t id) {
  return "/" + encode_path_segment(collection) + "/" + std::to_string(id);
}

std::string join_url(std::string_view base, std::string_view path) {
  std::string result(base);
  while (ends_with(result, "/")) result.pop_back();
  if (!starts_with(path, "/")) result += '/';
  return result + std::string(path);
}

HttpClient::HttpClient(std::string base_url, std::string token)
    : curl_(curl_easy_init()), base_url_(std::move(base_url)), token_(std::move(token)) {}

HttpClient::~HttpClient() { curl_easy_cleanup(static_cast<CURL*>(curl_)); }

Response HttpClient::get(std::string_view path) { return send("GET", path, ""); }

Response HttpClient::post(std::string_view path, const json::Object& body) {
  return send("POST", path, json::write(body));
}

Response HttpClient::remove(std::string_view path) { return send("DELETE", path, ""); }

Response HttpClient::patch(std::string_view path, const json::Object& body) {
  CURL* curl = static_cast<CURL*>(curl_);
  const std::string text = json::write(body);
  const std::string url = join_url(base_url_, path);
  const std::string authorization = "Authorization: Bearer " + token_;
  curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/merge-patch+json");
  headers = curl_slist_append(headers, authorization.c_str());
  Response response;
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "PATCH");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text.c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(text.size()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &response.body);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) response.error = curl_easy_strerror(code);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &response.status);
  curl_slist_free_all(headers);
  if (!succeeded(response)) log_warning("PATCH " + url + ": " + std::to_string(response.status));
  return response;
}

Response HttpClient::send(const char* method, std::string_view path, const std::string& body) {
  CURL* curl = static_cast<CURL*>(curl_);
  const std::string url = join_url(base_url_, path);
  const std::string authorization = "Authorization: Bearer " + token_;
  curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
  headers = curl_slist_append(headers, authorization.c_str());
  Response response;
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  if (!body.empty()) curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &response.body);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) response.error = curl_easy_strerror(code);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &response.status);
  curl_slist_free_all(headers);
  if (!succeeded(response)) log_warning(std::string(method) + " " + url + ": " + std::to_string(response.status));
  return response;
}

}  // namespace crm
