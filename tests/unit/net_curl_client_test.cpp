#include <future>
#include <mutex>

#include "kiosk/net/answer.h"
#include "kiosk/net/conditional.h"
#include "kiosk/net/curl_client.h"
#include "kiosk/net/url.h"
#include "tests/unit/catch.h"
#include "tests/unit/socket_server.h"

using namespace kiosk::net;
using namespace std::chrono_literals;
using kiosk::core::ErrorKind;
using kiosk::core::Result;
using kiosk::core::SecretText;
using kiosk::test::SocketServer;
using kiosk::work::CancelSource;

namespace {

std::string ok(std::string_view body, std::string_view headers = "") {
  return "HTTP/1.1 200 OK\r\n" + std::string(headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

// Answers each request on each connection, and remembers them.
class Recorder {
 public:
  using Answer = std::function<std::string(const std::string& request)>;
  explicit Recorder(Answer answer)
      : answer_(std::move(answer)), server_([this](SocketServer::Connection& connection) {
          for (std::string request = connection.read_request(); !request.empty(); request = connection.read_request()) {
            {
              const std::lock_guard lock(mutex_);
              requests_.push_back(request);
            }
            const std::string text = answer_(request);
            if (text.empty() || !connection.write(text)) return;
          }
        }) {}
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  SocketServer& server() { return server_; }
  std::string url(std::string_view path = "/") const { return server_.url(path); }

 private:
  Answer answer_;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  SocketServer server_;
};

std::unique_ptr<CurlClient> a_client() {
  auto client = CurlClient::create();
  REQUIRE(client.ok());
  return std::move(client).value();
}

Request get(const std::string& url) {
  Request request;
  request.url = url;
  return request;
}

Request post(const std::string& url, std::string body) {
  Request request = get(url);
  request.method = Method::Post;
  request.body = SecretText(std::move(body));
  return request;
}

Result<Response> send(const Request& request) { return a_client()->send(request, {}); }

// The answer to a request where the server writes `text` and goes away.
Result<Response> send_to(const std::string& text, Method method = Method::Get) {
  const SocketServer server([&](SocketServer::Connection& connection) {
    connection.read_request();
    connection.write(text);
  });
  Request request = method == Method::Get ? get(server.url("/a?secret=1")) : post(server.url("/a?secret=1"), "body");
  return send(request);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("curl: status, headers and body arrive; any status is an answer") {
  const auto answer = send_to(
      "HTTP/1.1 404 Not Found\r\nContent-Type: Application/JSON; charset=utf-8\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: "
      "2\r\n\r\n{}");
  REQUIRE(answer.ok());
  CHECK(answer->status == 404);
  CHECK(answer->content_type() == "application/json");
  CHECK(answer->headers.find("X-a") == "1");
  CHECK(answer->headers.entries().size() == 4);
  CHECK(answer->body == "{}");
  CHECK_FALSE(answer->success());
}

TEST_CASE("curl: sends method, headers and body, and nothing that was not asked for") {
  Recorder recorder([](const std::string&) { return ok("x"); });
  const auto client = a_client();
  Request request = post(recorder.url("/book?id=1"), R"({"a":"b"})");
  request.headers.add("Content-Type", "application/json");
  request.headers.add("X-Key", "k");
  REQUIRE(client->send(request, {}).ok());
  request.method = Method::Put;
  REQUIRE(client->send(request, {}).ok());
  request.method = Method::Delete;
  request.body.clear();
  REQUIRE(client->send(request, {}).ok());
  request.method = Method::Head;
  REQUIRE(recorder.requests().size() == 3);
  const std::string first = recorder.requests()[0];
  CHECK(first.starts_with("POST /book?id=1 HTTP/1.1\r\n"));
  CHECK(contains(first, "Content-Type: application/json\r\n"));
  CHECK(contains(first, "X-Key: k\r\n"));
  CHECK(contains(first, "Accept-Encoding: gzip\r\n"));
  CHECK(first.ends_with("\r\n\r\n{\"a\":\"b\"}"));
  CHECK_FALSE(contains(first, "Expect"));
  CHECK(recorder.requests()[1].starts_with("PUT "));
  CHECK(recorder.requests()[2].starts_with("DELETE "));
  CHECK_FALSE(contains(recorder.requests()[2], "Content-Length"));
}

TEST_CASE("curl: HEAD has no body, however long it says it is") {
  const SocketServer server([](SocketServer::Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    connection.hold();
  });
  Request request = get(server.url());
  request.method = Method::Head;
  const auto answer = send(request);
  REQUIRE(answer.ok());
  CHECK(answer->body.empty());
  CHECK(answer->headers.find("content-length") == "1000");
}

TEST_CASE("curl: gzip is undone, and the size cap counts what it becomes") {
  // printf '%01000d' 0 | gzip -9n
  const std::string zeros(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x33\x30\x18\x05\xa3\x60\x14\x0c\x77\x00\x00\x83\x99\x5f\xa8\xe8\x03\x00"
      "\x00",
      29);
  const std::string answer = ok(zeros, "Content-Encoding: gzip\r\n");
  const auto whole = send_to(answer);
  REQUIRE(whole.ok());
  CHECK(whole->body == std::string(1000, '0'));
  Recorder recorder([&](const std::string&) { return answer; });
  Request request = get(recorder.url());
  request.max_body_bytes = 999;
  CHECK(send(request).error().kind == ErrorKind::Full);
  request.max_body_bytes = 1000;
  CHECK(send(request).ok());
  Request effect = post(recorder.url(), "x");
  effect.max_body_bytes = 10;
  CHECK(send(effect).error().kind == ErrorKind::Interrupted);  // it may have taken effect all the same
}

TEST_CASE("curl: connections are kept for GET") {
  Recorder recorder([](const std::string&) { return ok("x"); });
  const auto client = a_client();
  for (int i = 0; i < 5; ++i) REQUIRE(client->send(get(recorder.url()), {}).ok());
  CHECK(recorder.server().connections() == 1);
}

TEST_CASE("curl: a kept connection that dies is replaced for GET, and POST is never sent twice") {
  Recorder recorder(
      [](const std::string& request) { return request.starts_with("POST") ? "" : ok("x", "Keep-Alive: yes\r\n"); });
  const auto client = a_client();
  REQUIRE(client->send(get(recorder.url()), {}).ok());
  const auto lost = client->send(post(recorder.url(), "once"), {});
  REQUIRE_FALSE(lost.ok());
  CHECK(lost.error().kind == ErrorKind::Interrupted);
  REQUIRE(client->send(get(recorder.url()), {}).ok());
  int posts = 0;
  for (const std::string& request : recorder.requests()) posts += request.starts_with("POST") ? 1 : 0;
  CHECK(posts == 1);
}

TEST_CASE("curl: nobody there is Unavailable") {
  int port = 0;
  {
    const SocketServer gone([](SocketServer::Connection&) {});
    port = gone.port();
  }
  const auto answer = send(post("http://127.0.0.1:" + std::to_string(port) + "/a?secret=1", "x"));
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().kind == ErrorKind::Unavailable);
  CHECK_FALSE(contains(answer.error().describe(), "secret"));
  CHECK(send(get("http://no-such-host.invalid/")).error().kind == ErrorKind::Unavailable);
}

TEST_CASE("curl: a TLS handshake that fails is Unavailable: nothing of ours had left") {
  std::atomic<bool> http_seen = false;
  const SocketServer server([&](SocketServer::Connection& connection) {
    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    if (!connection.read_request().empty()) http_seen = true;
  });
  const auto answer = send(post("https://127.0.0.1:" + std::to_string(server.port()) + "/", "x"));
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().kind == ErrorKind::Unavailable);
  CHECK_FALSE(http_seen);
}

TEST_CASE("curl: answers that break off leave the effect unknown") {
  for (const char* text :
       {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "no HTTP at all, but text",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"}) {
    for (const Method method : {Method::Get, Method::Post}) {
      INFO(text);
      const auto answer = send_to(text, method);
      REQUIRE_FALSE(answer.ok());
      CHECK(answer.error().kind == ErrorKind::Interrupted);
      CHECK_FALSE(contains(answer.error().describe(), "secret"));
      CHECK(contains(answer.error().where, "/a"));
    }
  }
}

TEST_CASE("curl: endless headers are cut off") {
  const SocketServer server([](SocketServer::Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\n");
    while (!connection.stopping() && connection.write("X-Filler: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  CHECK(send(get(server.url())).error().kind == ErrorKind::Full);
}

TEST_CASE("curl: interim answers do not count") {
  const auto answer = send_to("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n" + ok("x", "X-Late: 1\r\n"));
  REQUIRE(answer.ok());
  CHECK(answer->status == 200);
  CHECK_FALSE(answer->headers.find("x-early"));
  CHECK(answer->headers.find("x-late") == "1");
}

TEST_CASE("curl: silence after the request is a Timeout by stall, a drip by the total") {
  const SocketServer silent([](SocketServer::Connection& connection) {
    connection.read_request();
    connection.hold();
  });
  Request request = post(silent.url(), "x");
  request.timeouts.stall = 100ms;
  CHECK(send(request).error().kind == ErrorKind::Timeout);

  const SocketServer dripping([](SocketServer::Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (!connection.stopping() && connection.write("x")) std::this_thread::sleep_for(10ms);
  });
  request = get(dripping.url());
  request.timeouts.stall = 2s;
  request.timeouts.total = 300ms;
  CHECK(send(request).error().kind == ErrorKind::Timeout);
}

TEST_CASE("curl: cancelled within 100 ms, and what that means for the effect") {
  std::promise<void> arrived;
  std::atomic<bool> told = false;
  const SocketServer server([&](SocketServer::Connection& connection) {
    connection.read_request();
    if (!told.exchange(true)) arrived.set_value();
    connection.hold();
  });
  CancelSource before;
  before.cancel();
  CHECK(a_client()->send(post(server.url(), "x"), before.token()).error().kind == ErrorKind::Cancelled);
  CancelSource source;
  std::chrono::steady_clock::time_point cancelled_at;
  std::thread canceller([&] {
    arrived.get_future().wait();
    cancelled_at = std::chrono::steady_clock::now();
    source.cancel();
  });
  const auto answer = a_client()->send(post(server.url(), "x"), source.token());
  const auto noticed = std::chrono::steady_clock::now();
  canceller.join();
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().kind == ErrorKind::Interrupted);
  CHECK(noticed - cancelled_at < 2s);  // far from the timeouts; the machine may be busy
}

TEST_CASE("curl: the same client works after every kind of failure") {
  std::atomic<int> number = 0;
  const SocketServer server([&](SocketServer::Connection& connection) {
    connection.read_request();
    if (number++ % 2 == 0) {
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    } else {
      connection.write(ok("whole"));
    }
  });
  const auto client = a_client();
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(client->send(get(server.url()), {}).ok());
    const auto answer = client->send(get(server.url()), {});
    REQUIRE(answer.ok());
    CHECK(answer->body == "whole");
  }
}

TEST_CASE("curl: redirects are followed for GET, boundedly, and keep our keys at home") {
  Recorder other([](const std::string&) { return ok("there"); });
  Recorder recorder([&](const std::string& request) -> std::string {
    if (contains(request, " /loop")) return "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n";
    if (contains(request, " /file"))
      return "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n";
    if (contains(request, " /other"))
      return "HTTP/1.1 307 X\r\nLocation: " + other.url("/x") + "\r\nContent-Length: 0\r\n\r\n";
    if (contains(request, "/a HTTP")) return "HTTP/1.1 301 Moved\r\nLocation: b?q=1\r\nContent-Length: 0\r\n\r\n";
    return ok("here");
  });
  Request request = get(recorder.url("/dir/a"));
  request.headers.add("X-Key", "k");
  request.headers.add("Accept", "application/json");
  const auto here = send(request);
  REQUIRE(here.ok());
  CHECK(here->body == "here");
  CHECK(here->url == recorder.url("/dir/b?q=1"));
  CHECK(contains(recorder.requests().back(), "X-Key: k"));

  request.url = recorder.url("/other");
  const auto there = send(request);
  REQUIRE(there.ok());
  CHECK(there->body == "there");
  CHECK_FALSE(contains(other.requests().back(), "X-Key"));
  CHECK(contains(other.requests().back(), "Accept: application/json"));

  CHECK(send(get(recorder.url("/loop"))).error().kind == ErrorKind::Refused);
  CHECK(send(get(recorder.url("/file"))).error().kind == ErrorKind::Refused);
  CHECK(send(post(recorder.url("/a"), "x"))->status == 301);
  request.url = recorder.url("/a");
  request.max_redirects = 0;
  CHECK(send(request)->status == 301);
}

TEST_CASE("curl: requests that are wrong never leave") {
  Recorder recorder([](const std::string&) { return ok("x"); });
  for (const char* url : {"", "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1/", "http://",
                          "http://user:word@127.0.0.1/", "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: 1"}) {
    INFO(url);
    CHECK(send(get(url)).error().kind == ErrorKind::Invalid);
  }
  Request request = get(recorder.url());
  request.headers.add("X-Key", "a\r\nX-Other: b");
  CHECK(send(request).error().kind == ErrorKind::Invalid);
  request.headers.clear();
  request.headers.add("X Key", "a");
  CHECK(send(request).error().kind == ErrorKind::Invalid);
  request.headers.clear();
  request.body = SecretText(std::string("x"));
  CHECK(send(request).error().kind == ErrorKind::Invalid);
  CHECK(recorder.requests().empty());
}

TEST_CASE("curl: what did not change is not sent again") {
  Recorder recorder([](const std::string& request) -> std::string {
    if (contains(request, "If-None-Match: W/\"7\"")) return "HTTP/1.1 304 Not Modified\r\nETag: W/\"7\"\r\n\r\n";
    return ok("page", "ETag: W/\"7\"\r\nLast-Modified: Mon, 23 Nov 2026 12:00:00 GMT\r\n");
  });
  Request request = get(recorder.url());
  const auto first = send(request);
  REQUIRE(first.ok());
  CHECK_FALSE(not_modified(*first));
  make_conditional(request, validators_of(*first));
  const auto second = send(request);
  REQUIRE(second.ok());
  CHECK(not_modified(*second));
  CHECK(contains(recorder.requests().back(), "If-Modified-Since: Mon, 23 Nov 2026 12:00:00 GMT"));
}
