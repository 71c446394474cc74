// A server on a loopback port that does what a test tells it, byte by byte: what a well-behaved library would not.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "kiosk/core/descriptor.h"
#include "kiosk/core/strings.h"

namespace kiosk::test {

class SocketServer {
 public:
  class Connection {
   public:
    Connection(core::Descriptor socket, const std::atomic<bool>& stopping)
        : socket_(std::move(socket)), stopping_(stopping) {}

    // One request, headers and body; empty where the other side is gone.
    std::string read_request() {
      while (!complete()) {
        char bytes[4096];
        if (!readable()) return {};
        const ssize_t got = ::recv(socket_.get(), bytes, sizeof bytes, 0);
        if (got <= 0) return {};
        received_.append(bytes, static_cast<std::size_t>(got));
      }
      std::string request = received_.substr(0, end_);
      received_.erase(0, end_);
      return request;
    }

    // False once the other side is gone.
    bool write(std::string_view bytes) {
      return ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
    }
    // Until the other side goes away, or the server ends.
    void hold() { readable(); }
    bool stopping() const { return stopping_; }

   private:
    bool readable() {
      pollfd poll{socket_.get(), POLLIN, 0};
      while (!stopping_) {
        if (::poll(&poll, 1, 10) > 0) return true;
      }
      return false;
    }
    bool complete() {
      const std::size_t head = received_.find("\r\n\r\n");
      if (head == std::string::npos) return false;
      const std::string lower = core::to_lower_ascii(received_.substr(0, head));
      const std::size_t length = lower.find("content-length: ");
      end_ = head + 4 + (length == std::string::npos ? 0 : std::stoul(lower.substr(length + 16)));
      return received_.size() >= end_;
    }

    core::Descriptor socket_;
    const std::atomic<bool>& stopping_;
    std::string received_;
    std::size_t end_ = 0;
  };
  using Script = std::function<void(Connection&)>;

  // `script` runs once for each connection, on a thread of its own; the connection closes when it returns.
  explicit SocketServer(Script script)
      : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_.get(), generic, size) == 0 && ::listen(listener_.get(), 16) == 0 &&
        ::getsockname(listener_.get(), generic, &size) == 0) {
      port_ = ntohs(address.sin_port);
    }
    thread_ = std::thread([this] { accept_all(); });
  }
  SocketServer(const SocketServer&) = delete;
  SocketServer& operator=(const SocketServer&) = delete;
  ~SocketServer() {
    stopping_ = true;
    thread_.join();
    for (std::thread& each : connections_) each.join();
  }

  std::string url(std::string_view path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  int port() const { return port_; }
  int connections() const { return accepted_; }

 private:
  void accept_all() {
    pollfd poll{listener_.get(), POLLIN, 0};
    while (!stopping_) {
      if (::poll(&poll, 1, 10) <= 0) continue;
      core::Descriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!socket) continue;
      ++accepted_;
      connections_.emplace_back([this, moved = std::move(socket)]() mutable {
        Connection connection(std::move(moved), stopping_);
        script_(connection);
      });
    }
  }

  const Script script_;
  core::Descriptor listener_;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> accepted_ = 0;
  std::list<std::thread> connections_;  // touched by the accepting thread until it ends
  std::thread thread_;
};

}  // namespace kiosk::test
