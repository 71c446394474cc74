// The HTTP server on loopback, and everything that can go wrong on a connection.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "kiosk/core/result.h"
#include "tests/sandbox/exchange.h"
#include "tests/sandbox/faults.h"

namespace kiosk::sandbox {

// What the server asks of the rest. Called on the server's threads, several at once.
struct ServerHooks {
  std::function<FaultPlan(const std::string& method, const std::string& target)> plan;
  // The back end's answer, already spoiled as the plan says.
  std::function<Answer(const Call&, const FaultPlan&)> answer;
  // A request that gets no answer, nor reaches the back end.
  std::function<void(const std::string& method, const std::string& target, const FaultPlan&)> unanswered;
  // How many connections are open that speak to the back ends (not to /sandbox) under one User-Agent.
  std::function<void(const std::string& user_agent, int open)> connections;
};

class Server {
 public:
  // Bound to 127.0.0.1 and accepting when it returns.
  static core::Result<std::unique_ptr<Server>> start(int port, ServerHooks hooks);
  ~Server();
  void stop();
  int port() const;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiosk::sandbox
