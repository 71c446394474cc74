#include "drivers/printer/simulator.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <mutex>
#include <thread>

#include "drivers/printer/simulator_machine.h"
#include "kiosk/core/descriptor.h"

namespace drivers::printer {
namespace {

using kiosk::core::Descriptor;
using kiosk::core::ErrorKind;
using kiosk::core::make_error;
using kiosk::core::Result;

// Small, so that a printer that stops taking bytes is felt by the sender.
constexpr int kReceiveBuffer = 4096;

Result<Descriptor> listen_on(int port) {
  Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int on = 1;
  ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  ::setsockopt(listener.get(), SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener.get(), 4) != 0) {
    return make_error(ErrorKind::Io, std::strerror(errno), "simulated printer");
  }
  return listener;
}

int port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

struct PrinterSimulator::Impl {
  Impl(const Options& options, Descriptor socket)
      : machine(options.dots_per_line, options.buffer_bytes, options.faults),
        listener(std::move(socket)),
        port(port_of(listener.get())) {}
  ~Impl() {
    stopping = true;
    if (thread.joinable()) thread.join();
  }

  void run();
  void turn();
  void take_client();
  void read_client();
  void write_client();

  mutable std::mutex mutex;
  PrinterMachine machine;
  std::string received, to_send;
  Descriptor listener, client;
  const int port;
  std::atomic<bool> stopping{false};
  std::thread thread;
};

// One host at a time, as TCP 9100 has it: others wait in the queue.
void PrinterSimulator::Impl::take_client() {
  if (client) return;
  Descriptor next(::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!next) return;
  const int on = 1;
  ::setsockopt(next.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  client = std::move(next);
  to_send.clear();
}

void PrinterSimulator::Impl::read_client() {
  const std::size_t per_turn = machine.faults().bytes_per_turn;
  char buffer[2048];
  std::size_t most = std::min(sizeof buffer, machine.room());
  if (per_turn > 0) most = std::min(most, per_turn);
  if (!client || most == 0) return;
  const ssize_t count = ::recv(client.get(), buffer, most, 0);
  if (count > 0) {
    const std::string_view bytes(buffer, static_cast<std::size_t>(count));
    received.append(bytes);
    machine.receive(bytes);
  } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
    client.close();
  }
}

void PrinterSimulator::Impl::write_client() {
  to_send += machine.take_answers();
  if (!client || to_send.empty()) return;
  const ssize_t count = ::send(client.get(), to_send.data(), to_send.size(), MSG_NOSIGNAL);
  if (count > 0) to_send.erase(0, static_cast<std::size_t>(count));
}

void PrinterSimulator::Impl::turn() {
  const std::lock_guard lock(mutex);
  take_client();
  read_client();
  machine.work();
  if (machine.take_power_cycle()) {
    client.close();
    to_send.clear();
  }
  write_client();
}

void PrinterSimulator::Impl::run() {
  while (!stopping) {
    turn();
    int socket = -1;
    bool slow = false, full = false;
    {
      const std::lock_guard lock(mutex);
      socket = client ? client.get() : listener.get();
      slow = machine.faults().bytes_per_turn > 0;
      full = machine.room() == 0;
    }
    if (slow || full) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    } else {
      pollfd entry{socket, POLLIN, 0};
      ::poll(&entry, 1, 5);
    }
  }
}

PrinterSimulator::PrinterSimulator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PrinterSimulator::~PrinterSimulator() = default;

Result<std::unique_ptr<PrinterSimulator>> PrinterSimulator::start(Options options) {
  KIOSK_TRY(Descriptor listener, listen_on(options.port));
  auto impl = std::make_unique<Impl>(options, std::move(listener));
  impl->thread = std::thread([raw = impl.get()] { raw->run(); });
  return std::unique_ptr<PrinterSimulator>(new PrinterSimulator(std::move(impl)));
}

int PrinterSimulator::port() const { return impl_->port; }

void PrinterSimulator::set_faults(const SimulatorFaults& faults) {
  const std::lock_guard lock(impl_->mutex);
  impl_->machine.set_faults(faults);
}

SimulatorFaults PrinterSimulator::faults() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->machine.faults();
}

void PrinterSimulator::load_paper() {
  const std::lock_guard lock(impl_->mutex);
  impl_->machine.load_paper();
  impl_->machine.work();
}

void PrinterSimulator::power_cycle() {
  const std::lock_guard lock(impl_->mutex);
  impl_->machine.switch_off();
  impl_->client.close();
  impl_->to_send.clear();
}

std::vector<kiosk::core::Bitmap1> PrinterSimulator::receipts() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->machine.receipts;
}

kiosk::core::Bitmap1 PrinterSimulator::uncut() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->machine.uncut();
}

std::vector<std::string> PrinterSimulator::oddities() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->machine.oddities;
}

std::string PrinterSimulator::received() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->received;
}

std::size_t PrinterSimulator::held_bytes() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->machine.held();
}

}  // namespace drivers::printer
