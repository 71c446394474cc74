#include "kiosk/store/transaction.h"

#include <utility>

namespace kiosk::store {

core::Result<Transaction> Transaction::begin(Database& database) {
  KIOSK_CHECK(database.run_script("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() { rollback(); }

core::Status Transaction::commit() {
  if (!database_) return core::make_error(core::ErrorKind::Internal, "the transaction is over already");
  KIOSK_CHECK(database_->run_script("COMMIT"));  // where that fails, the destructor rolls back
  database_ = nullptr;
  return {};
}

void Transaction::rollback() {
  if (Database* database = std::exchange(database_, nullptr)) database->abandon_transaction();
}

}  // namespace kiosk::store
