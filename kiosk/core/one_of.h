// OneOf<A, B, …>: one value of a list of types, as std::variant, for long lists in headers that many files include: a
// variant of ninety types makes each of those files compile for twenty seconds, as each makes the tables for copying
// and destroying all of them. Here a file pays for the types that it uses.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace kiosk::core {

template <class... Types>
class OneOf {
 public:
  template <class T>
  static constexpr bool holds_type = (std::is_same_v<T, Types> || ...);

  template <class T>
  requires(holds_type<T>) OneOf(T value) : held_(std::make_unique<Of<T>>(std::move(value))) {}
  OneOf(const OneOf& other) : held_(other.held_->clone()) {}
  OneOf(OneOf&& other) noexcept = default;  // `other` may only be assigned to or destroyed afterwards
  OneOf& operator=(const OneOf& other) {
    held_ = other.held_->clone();
    return *this;
  }
  OneOf& operator=(OneOf&& other) noexcept = default;
  ~OneOf() = default;

  // Null where it is of another type.
  template <class T>
  requires(holds_type<T>) T* get_if() {
    return held_->type == &kTypeOf<T> ? &static_cast<Of<T>*>(held_.get())->value : nullptr;
  }
  template <class T>
  requires(holds_type<T>) const T* get_if() const { return const_cast<OneOf*>(this)->template get_if<T>(); }
  template <class T>
  bool holds() const {
    return get_if<T>() != nullptr;
  }

  // Calls `visitor` with the value. For one place of a program: here the whole list is paid for.
  template <class Visitor>
  void visit(Visitor visitor) {
    const auto call = [&](auto* value) {
      if (value) visitor(*value);
      return value != nullptr;
    };
    (void)(call(get_if<Types>()) || ...);
  }

 private:
  template <class T>
  static constexpr char kTypeOf = 0;  // its address stands for the type

  struct Held {
    explicit Held(const char* its) : type(its) {}
    virtual ~Held() = default;
    virtual std::unique_ptr<Held> clone() const = 0;
    const char* type;
  };
  template <class T>
  struct Of final : Held {
    explicit Of(T its) : Held(&kTypeOf<T>), value(std::move(its)) {}
    std::unique_ptr<Held> clone() const override { return std::make_unique<Of>(value); }
    T value;
  };
  std::unique_ptr<Held> held_;
};

}  // namespace kiosk::core
