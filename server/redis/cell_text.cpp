#include "redis/cell_text.hpp"

#include <limits>
#include <stdexcept>

#include "redis/codec.hpp"

namespace placette::redis {
namespace {

// The parts of a text between separators, from left to right.
class Parts {
public:
    Parts(std::string_view text, char separator) : rest_(text), separator_(separator) {}

    std::string_view next() {
        if (done_) fail();
        const auto end = rest_.find(separator_);
        const auto part = rest_.substr(0, end);
        done_ = end == std::string_view::npos;
        rest_.remove_prefix(done_ ? rest_.size() : end + 1);
        return part;
    }

    // By hand: a cell is ten numbers, most of them of one digit. None is negative but by a defect, which is
    // to be seen as what it is.
    template <class Integer>
    Integer number() {
        const bool negative = rest_.starts_with('-');
        if (negative) rest_.remove_prefix(1);
        Integer value = 0;
        std::size_t digits = 0;
        for (; digits < rest_.size() && rest_[digits] != separator_; ++digits) {
            if (rest_[digits] < '0' || rest_[digits] > '9' ||
                digits == std::numeric_limits<Integer>::digits10)
                fail();
            value = static_cast<Integer>(10 * value + (rest_[digits] - '0'));
        }
        if (done_ || digits == 0) fail();
        done_ = digits == rest_.size();
        rest_.remove_prefix(done_ ? digits : digits + 1);
        return negative ? static_cast<Integer>(-value) : value;
    }

    std::optional<Instant> instant() {
        if (rest_.empty() || rest_.front() == separator_) {
            next();
            return std::nullopt;
        }
        return instantFromMillis(number<std::int64_t>());
    }

    std::string_view rest() const { return rest_; }

private:
    [[noreturn]] static void fail() { throw std::runtime_error("a cell in the store has another layout"); }

    std::string_view rest_;
    char separator_;
    bool done_ = false;
};

CellKey readKey(Parts& parts) {
    CellKey key;
    key.facility = parts.next();
    const auto date = dateFrom(parts.next());
    if (!date) throw std::runtime_error("a cell in the store has no date");
    key.date = *date;
    key.period = parts.next();
    key.section = parts.next();
    return key;
}

constexpr int byDocument = 1, byHand = 2;  // how a cell is closed, in its text

std::string text(const std::optional<Instant>& instant) {
    return instant ? std::to_string(millis(*instant)) : "";
}

}  // namespace

std::string cellName(const CellKey& key) {
    return key.facility + '|' + toText(key.date) + '|' + key.period + '|' + key.section;
}

CellKey cellKeyFrom(std::string_view name) {
    Parts parts(name, '|');
    return readKey(parts);
}

CellState cellStateFrom(std::string_view line) {
    Parts parts(line, '|');
    CellKey key = readKey(parts);
    return {std::move(key), decodeCell(parts.rest())};
}

Cell decodeCell(std::string_view stored) {
    Parts parts(stored, ',');
    Cell cell;
    cell.open = parts.number<int>();
    cell.reserved = parts.number<int>();
    cell.vip = parts.number<int>();
    cell.other = parts.number<int>();
    cell.heldVip = parts.number<int>();
    cell.heldOther = parts.number<int>();
    const auto closed = parts.number<int>();
    cell.closed = closed != 0;
    cell.closedByHand = closed == byHand;
    cell.version = parts.number<std::int64_t>();
    cell.confirmedAt = parts.instant();
    cell.staleAt = parts.instant();
    return cell;
}

std::string encodeCell(const Cell& cell) {
    std::string stored;
    for (const std::int64_t number :
         {std::int64_t{cell.open}, std::int64_t{cell.reserved}, std::int64_t{cell.vip},
          std::int64_t{cell.other}, std::int64_t{cell.heldVip}, std::int64_t{cell.heldOther},
          std::int64_t{cell.closedByHand ? byHand
                       : cell.closed     ? byDocument
                                         : 0},
          cell.version}) {
        stored += std::to_string(number) + ',';
    }
    return stored + text(cell.confirmedAt) + ',' + text(cell.staleAt);
}

}  // namespace placette::redis
