#include "tests/sandbox/server.h"

#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "kiosk/core/strings.h"

namespace kiosk::sandbox {
namespace {

constexpr int kThreads = 32;              // connections served at once; hanging ones count
constexpr int kKeepAliveMs = 15'000;      // an idle connection is closed after this
constexpr std::size_t kLineLimit = 8192;  // bytes of a request line
constexpr std::size_t kHeadLimit = std::size_t{64} << 10;

// One connection. Requests are read ahead as far as their first line, so that faults can be decided before the HTTP
// library sees anything; answers are gathered, so that they can be cut, slowed or lost.
class ConnectionStream final : public httplib::Stream {
 public:
  explicit ConnectionStream(int fd) : fd_(fd) {}

  bool is_readable() const override { return !in_.empty() || wait_for(POLLIN, 5000); }
  bool is_writable() const override { return wait_for(POLLOUT, 5000); }
  ssize_t read(char* bytes, size_t size) override {
    if (in_.empty() && !fill(5000)) return -1;
    const std::size_t count = std::min(size, in_.size());
    std::copy_n(in_.data(), count, bytes);
    in_.erase(0, count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* bytes, size_t size) override {
    out_.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip = "127.0.0.1";
    port = fd_;  // names the connection for the handler
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    ip = "127.0.0.1";
    port = 0;
  }
  socket_t socket() const override { return fd_; }

  // Reads until the first line is there; false where the peer is gone or sends none.
  bool await_request(std::string& method, std::string& target) {
    int wait_ms = kKeepAliveMs;
    while (in_.find("\r\n") == std::string::npos) {
      if (in_.size() > kLineLimit || !fill(wait_ms)) return false;
      wait_ms = 5000;
    }
    const std::size_t end = in_.find("\r\n");
    const std::size_t first = in_.find(' ');
    const std::size_t second = first < end ? in_.find(' ', first + 1) : std::string::npos;
    if (second == std::string::npos || second > end) return true;  // the library answers 400
    method = in_.substr(0, first);
    target = in_.substr(first + 1, second - first - 1);
    return true;
  }
  // Reads the rest of the head; a request that says nothing of a body has none (RFC 9112, section 6.3), where the
  // library would wait for one until the connection ends. False where the peer is gone.
  bool await_head() {
    while (in_.find("\r\n\r\n") == std::string::npos) {
      if (in_.size() > kHeadLimit || !fill(5000)) return false;
    }
    const std::string head = core::to_lower_ascii(std::string_view(in_).substr(0, in_.find("\r\n\r\n")));
    const bool says = head.find("\r\ncontent-length:") != std::string::npos ||
                      head.find("\r\ntransfer-encoding:") != std::string::npos;
    if (!says) in_.insert(in_.find("\r\n") + 2, "Content-Length: 0\r\n");
    return true;
  }
  std::string take_output() { return std::exchange(out_, {}); }

 private:
  bool wait_for(short events, int timeout_ms) const {
    pollfd poller{fd_, events, 0};
    return poll(&poller, 1, timeout_ms) > 0 && (poller.revents & events);
  }
  bool fill(int timeout_ms) {
    char buffer[16384];
    if (!wait_for(POLLIN, timeout_ms)) return false;
    const ssize_t count = recv(fd_, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    in_.append(buffer, static_cast<std::size_t>(count));
    return true;
  }

  int fd_;
  std::string in_;
  std::string out_;
};

bool send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void refuse_port_sharing(socket_t fd) {
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

struct Connection {
  FaultPlan plan;
  std::string user_agent;
  bool of_back_end = false;
  bool reset = false;  // the peer shall see a reset instead of an orderly end
};

class HttpServer final : public httplib::Server {
 public:
  explicit HttpServer(ServerHooks hooks) : hooks_(std::move(hooks)) {
    new_task_queue = [] { return new httplib::ThreadPool(kThreads); };  // the library takes ownership
    set_socket_options(refuse_port_sharing);
    set_tcp_nodelay(true);
    set_keep_alive_timeout(kKeepAliveMs / 1000);
    set_keep_alive_max_count(100'000);
    set_payload_max_length(std::size_t{16} << 20);
    const auto handle = [this](const httplib::Request& request, httplib::Response& response) {
      answer(request, request.body, response);
    };
    Get(".*", handle);
    // Read by ourselves, because the library takes forms of 8 KiB at most.
    Post(".*",
         [this](const httplib::Request& request, httplib::Response& response, const httplib::ContentReader& content) {
           std::string body;
           const auto append = [&](const char* bytes, std::size_t size) {
             body.append(bytes, size);
             return true;
           };
           if (content(append)) answer(request, body, response);  // else the library has said why
         });
    Put(".*", handle);
    Patch(".*", handle);
    Delete(".*", handle);
    // What the library refuses by itself says why, too.
    set_error_handler([](const httplib::Request& request, httplib::Response& response) {
      if (!response.body.empty() || request.path.compare(0, 9, "/sandbox/") != 0) return;
      const std::string why = response.status == 413   ? "the body is larger than 16 MiB"
                              : response.status == 404 ? "no such path or method"
                                                       : "not a well-formed request";
      response.set_content("{\"error\": \"" + why + "\"}", "application/json");
    });
  }

  // Wakes every thread that waits on a connection.
  void hang_up() {
    stopping_ = true;
    const std::lock_guard lock(mutex_);
    for (const auto& [fd, connection] : connections_) ::shutdown(fd, SHUT_RDWR);
  }

 private:
  bool process_and_close_socket(socket_t fd) override {
    {
      const std::lock_guard lock(mutex_);
      connections_[fd] = {};
    }
    ConnectionStream stream(fd);
    while (!stopping_ && serve_one(fd, stream)) {
    }
    const std::lock_guard lock(mutex_);
    const linger hard{1, 0};
    if (connections_[fd].reset)
      setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    else
      ::shutdown(fd, SHUT_RDWR);
    connections_.erase(fd);
    ::close(fd);
    return true;
  }

  // One request; false: the connection ends.
  bool serve_one(int fd, ConnectionStream& stream) {
    std::string method, target;
    if (!stream.await_request(method, target)) return false;
    const FaultPlan plan = hooks_.plan(method, target);
    if (plan.refuse || (plan.hang && !plan.effect)) {
      hooks_.unanswered(method, target, plan);
      if (plan.hang) wait_for_peer(fd);
      reset_on_close(fd);
      return false;
    }
    {
      const std::lock_guard lock(mutex_);
      connections_[fd].plan = plan;
      connections_[fd].of_back_end = target.compare(0, 9, "/sandbox/") != 0;
    }
    sleep_ms(fd, plan.latency_ms);
    if (!stream.await_head()) return false;
    bool closed = false;
    const bool good = process(*this, stream, closed);
    return deliver(fd, stream.take_output(), plan) && good && !closed;
  }

  // The library's two generations differ in what they are told about the addresses.
  template <class Self>
  static bool process(Self& self, httplib::Stream& stream, bool& closed) {
    const int fd = static_cast<int>(stream.socket());
    if constexpr (requires {
                    self.process_request(stream, std::string(), 0, std::string(), 0, false, closed, nullptr);
                  }) {
      return self.process_request(stream, "127.0.0.1", fd, "127.0.0.1", 0, false, closed, nullptr);
    } else {
      return self.process_request(stream, false, closed, nullptr);
    }
  }

  void reset_on_close(int fd) {
    const std::lock_guard lock(mutex_);
    connections_[fd].reset = true;
  }

  bool deliver(int fd, const std::string& bytes, const FaultPlan& plan) {
    if (plan.hang) wait_for_peer(fd);
    if (plan.hang || plan.lose_answer) {
      reset_on_close(fd);
      return false;
    }
    std::string_view rest = bytes;
    if (plan.cut_after >= 0) {
      const std::size_t head = rest.find("\r\n\r\n");
      if (head != rest.npos) rest = rest.substr(0, head + 4 + static_cast<std::size_t>(plan.cut_after));
    }
    const bool sent = plan.drip_bytes_per_s > 0 ? drip(fd, rest, plan.drip_bytes_per_s) : send_all(fd, rest);
    return sent && plan.cut_after < 0;
  }

  bool drip(int fd, std::string_view bytes, std::int64_t bytes_per_s) {
    const std::size_t step = static_cast<std::size_t>(std::max<std::int64_t>(1, bytes_per_s / 20));
    while (!bytes.empty() && !stopping_) {
      const std::size_t count = std::min(step, bytes.size());
      if (!send_all(fd, bytes.substr(0, count))) return false;
      bytes.remove_prefix(count);
      if (!sleep_ms(fd, static_cast<std::int64_t>(count) * 1000 / bytes_per_s)) return false;
    }
    return bytes.empty();
  }

  // False where the peer closed or the server stops meanwhile.
  bool sleep_ms(int fd, std::int64_t ms) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    while (!stopping_) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
      if (left <= 0) return true;
      pollfd poller{fd, POLLRDHUP, 0};
      if (poll(&poller, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000))) > 0) return false;
    }
    return false;
  }
  void wait_for_peer(int fd) {
    while (sleep_ms(fd, 60'000)) {
    }
  }

  void answer(const httplib::Request& request, const std::string& body, httplib::Response& response) {
    Call call{request.method, request.path, {}, {}, body, "127.0.0.1"};
    for (const auto& [key, value] : request.params) call.query.emplace_back(key, value);
    for (const auto& [key, value] : request.headers) call.headers.emplace_back(key, value);
    const FaultPlan plan = enter(request.remote_port, call.header("User-Agent"));
    const Answer answer = hooks_.answer(call, plan);
    response.status = answer.status;
    for (const auto& [key, value] : answer.headers) response.set_header(key.c_str(), value);
    if (!answer.body.empty() || answer.status != 304) response.set_content(answer.body, answer.content_type.c_str());
  }

  FaultPlan enter(int fd, const std::string& user_agent) {
    FaultPlan plan;
    int open = 0;
    {
      const std::lock_guard lock(mutex_);
      connections_[fd].user_agent = user_agent;
      plan = connections_[fd].plan;
      for (const auto& [other, connection] : connections_)
        open += connection.of_back_end && connection.user_agent == user_agent;
    }
    hooks_.connections(user_agent, open);
    return plan;
  }

  ServerHooks hooks_;
  std::mutex mutex_;
  std::map<int, Connection> connections_;  // by descriptor
  std::atomic<bool> stopping_{false};
};

}  // namespace

struct Server::Impl {
  explicit Impl(ServerHooks hooks) : http(std::move(hooks)) {}
  HttpServer http;
  std::thread listener;
  int port = 0;
  std::once_flag stopped;
};

core::Result<std::unique_ptr<Server>> Server::start(int port, ServerHooks hooks) {
  auto impl = std::make_unique<Impl>(std::move(hooks));
  if (port == 0) {
    impl->port = impl->http.bind_to_any_port("127.0.0.1");
  } else {
    impl->port = impl->http.bind_to_port("127.0.0.1", port) ? port : -1;
  }
  if (impl->port <= 0)
    return core::make_error(core::ErrorKind::Io, "cannot listen on this port", "127.0.0.1:" + std::to_string(port));
  impl->listener = std::thread([http = &impl->http] { http->listen_after_bind(); });
  // The port is already open (connections queue); stop() works only once the loop runs.
  while (!impl->http.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() { stop(); }

void Server::stop() {
  std::call_once(impl_->stopped, [this] {
    impl_->http.hang_up();
    impl_->http.stop();
    impl_->listener.join();
  });
}

int Server::port() const { return impl_->port; }

}  // namespace kiosk::sandbox
