#include "drivers/printer/tcp_line.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "kiosk/work/deadline.h"

namespace drivers::printer {
namespace {

using kiosk::core::Descriptor;
using kiosk::core::ErrorKind;
using kiosk::core::make_error;
using kiosk::core::Milliseconds;
using kiosk::core::Result;
using kiosk::work::CancelToken;
using kiosk::work::Deadline;

constexpr Milliseconds kSlice{50};      // between looks at the cancel token
constexpr int kSendBuffer = 16 * 1024;  // small: what waits in it counts as sent

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

std::vector<Address> look_up(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  std::vector<Address> addresses;
  if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return addresses;
  for (const addrinfo* entry = found; entry; entry = entry->ai_next) {
    Address address;
    std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
    address.size = entry->ai_addrlen;
    addresses.push_back(address);
  }
  ::freeaddrinfo(found);
  return addresses;
}

// The system's resolver can't be given a deadline, so it works on a thread of its own, which keeps what it needs alive
// itself and is left behind where it takes too long.
Result<std::vector<Address>> resolve(const std::string& host, int port, const Deadline& deadline,
                                     const CancelToken& cancel) {
  struct Shared {
    std::vector<Address> addresses;
    std::atomic<bool> done{false};
  };
  const auto shared = std::make_shared<Shared>();
  std::thread([shared, host, text = std::to_string(port)] {
    shared->addresses = look_up(host, text);
    shared->done = true;
  }).detach();
  for (Milliseconds pause{1}; !shared->done; pause = std::min(pause * 2, kSlice)) {
    if (deadline.passed()) return make_error(ErrorKind::Unavailable, "name not resolved in time", host);
    if (!cancel.wait(deadline.at_most(pause))) return make_error(ErrorKind::Cancelled, "cancelled", host);
  }
  if (shared->addresses.empty()) return make_error(ErrorKind::Unavailable, "no such host", host);
  return shared->addresses;
}

// Waits for `events`; 0 where none came in time.
Result<short> wait_for(int socket, short events, const Deadline& deadline, const CancelToken& cancel) {
  for (;;) {
    KIOSK_CHECK(cancel.check());
    pollfd entry{socket, events, 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(deadline.at_most(kSlice).count()));
    if (ready > 0) return entry.revents;
    if (ready < 0 && errno != EINTR) return make_error(ErrorKind::Io, std::strerror(errno));
    if (deadline.passed()) return short{0};
  }
}

std::optional<Descriptor> open_socket(const Address& address) {
  Descriptor socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return std::nullopt;
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
  return socket;
}

Result<bool> connect_socket(int socket, const Address& address, const Deadline& deadline, const CancelToken& cancel) {
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0) return true;
  if (errno != EINPROGRESS) return false;
  KIOSK_TRY(const short events, wait_for(socket, POLLOUT, deadline, cancel));
  int error = 0;
  socklen_t size = sizeof error;
  return events != 0 && ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

bool would_wait() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

Result<TcpLine> TcpLine::connect(const std::string& host, int port, Milliseconds timeout, const CancelToken& cancel) {
  const kiosk::core::SystemClock clock;
  const Deadline deadline = Deadline::after(clock, timeout);
  KIOSK_TRY(const std::vector<Address> addresses, resolve(host, port, deadline, cancel));
  for (const Address& address : addresses) {
    std::optional<Descriptor> socket = open_socket(address);
    if (!socket) continue;
    KIOSK_TRY(const bool connected, connect_socket(socket->get(), address, deadline, cancel));
    if (connected) return TcpLine(std::move(*socket));
  }
  return make_error(ErrorKind::Unavailable, "no connection", host + ":" + std::to_string(port));
}

Result<Traffic> TcpLine::exchange(std::string_view bytes, Milliseconds timeout, const CancelToken& cancel) {
  const kiosk::core::SystemClock clock;
  const Deadline deadline = Deadline::after(clock, timeout);
  const auto wanted = static_cast<short>(bytes.empty() ? POLLIN : POLLIN | POLLOUT);
  KIOSK_TRY(const short events, wait_for(socket_.get(), wanted, deadline, cancel));
  Traffic traffic;
  if (events & (POLLIN | POLLHUP | POLLERR)) {
    char buffer[1024];
    const ssize_t count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
    if (count > 0) traffic.received.assign(buffer, static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && !would_wait())) traffic.closed = true;
  }
  if (!traffic.closed && !bytes.empty() && (events & POLLOUT)) {
    const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count > 0) traffic.sent = static_cast<std::size_t>(count);
    if (count < 0 && !would_wait()) traffic.closed = true;
  }
  return traffic;
}

}  // namespace drivers::printer
