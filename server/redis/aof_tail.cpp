#include "redis/aof_tail.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

namespace placette::redis {
namespace {

constexpr std::size_t windowSize = 256u << 10;
constexpr std::size_t longestLine = 24;  // a prefix, digits, \r\n
constexpr std::size_t longestName = 20;
constexpr std::uint64_t mostWords = 1u << 20;
constexpr std::uint64_t longestWord = 512u << 20;  // proto-max-bulk-len
constexpr std::size_t sector = 512;

// All that Redis 7 writes to its log. Another name is one that it would not read either.
bool isKnown(std::string_view name) {
    static constexpr std::string_view names =
        " append bitfield bitop blmove blmpop blpop brpop brpoplpush bzmpop bzpopmax bzpopmin copy "
        "decr decrby del exec expire expireat flushall flushdb function geoadd geosearchstore "
        "georadius georadiusbymember getdel getex getset hdel hincrby hincrbyfloat hmset hset hsetnx "
        "incr incrby incrbyfloat linsert lmove lmpop lpop lpush lpushx lrem lset ltrim migrate move "
        "mset msetnx multi persist pexpire pexpireat pfadd pfcount pfmerge psetex rename renamenx "
        "restore restore-asking rpop rpoplpush rpush rpushx sadd script sdiffstore select set setbit "
        "setex setnx setrange sinterstore smove sort spop srem sunionstore swapdb unlink xack xadd "
        "xautoclaim xclaim xdel xgroup xreadgroup xsetid xtrim zadd zdiffstore zincrby zinterstore "
        "zmpop zpopmax zpopmin zrangestore zrem zremrangebylex zremrangebyrank zremrangebyscore "
        "zunionstore ";
    return !name.empty() && name.find(' ') == name.npos &&
           names.find(" " + std::string(name) + " ") != names.npos;
}

// A window over the bytes: what is asked for is in one piece, and less only at the end.
class Window {
public:
    Window(const ReadAt& read, std::uint64_t size) : read_(read), size_(size), bytes_(windowSize) {}

    std::uint64_t size() const { return size_; }

    std::string_view at(std::uint64_t offset, std::size_t count) {
        if (offset >= size_) return {};
        count = static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - offset));
        if (offset < begin_ || offset + count > begin_ + filled_) {
            begin_ = offset;
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(windowSize, size_ - offset));
            filled_ = read_(offset, bytes_.data(), wanted);
        }
        const auto from = static_cast<std::size_t>(offset - begin_);
        return std::string_view(bytes_.data() + from, std::min(count, filled_ - std::min(filled_, from)));
    }

private:
    const ReadAt& read_;
    std::uint64_t size_;
    std::vector<char> bytes_;
    std::uint64_t begin_ = 0;
    std::size_t filled_ = 0;
};

struct Fault {
    std::uint64_t offset = 0;
    const char* what = nullptr;
};

// One command at a time, from any place on.
class Commands {
public:
    Commands(const ReadAt& read, std::uint64_t size) : window_(read, size) {}

    const Fault& fault() const { return fault_; }    // of the last command that was none
    std::string_view name() const { return name_; }  // of the last command, in small letters; empty: a remark
    bool is(std::string_view name) const { return name_ == name; }
    std::uint64_t size() const { return window_.size(); }

    // The end of the whole command that begins here.
    std::optional<std::uint64_t> endOf(std::uint64_t offset) {
        const auto first = window_.at(offset, 1);
        if (first == "#") return endOfRemark(offset);
        auto line = number('*', offset, mostWords);
        if (!line) return std::nullopt;
        const std::uint64_t words = line->value;
        if (words == 0) return refuse(offset + 1, "a command without words");
        auto end = line->end;
        for (std::uint64_t word = 0; word < words; ++word) {
            line = number('$', end, longestWord);
            if (!line) return std::nullopt;
            if (word == 0 && !takeName(line->end, line->value)) return std::nullopt;
            end = line->end + line->value;
            if (window_.at(end, 2) != "\r\n")
                return refuse(firstWrong(end, "\r\n"), "a value of another length");
            end += 2;
        }
        if ((is("multi") || is("exec")) && words != 1)
            return refuse(offset + 1, "a transaction with parameters");
        return end;
    }

    // Where the next `*` is.
    std::optional<std::uint64_t> star(std::uint64_t from) {
        while (from < size()) {
            const auto piece = window_.at(from, std::size_t{64} << 10);
            if (piece.empty()) return std::nullopt;
            const auto found = piece.find('*');
            if (found != std::string_view::npos) return from + found;
            from += piece.size();
        }
        return std::nullopt;
    }

private:
    struct Line {
        std::uint64_t value;
        std::uint64_t end;
    };

    std::nullopt_t refuse(std::uint64_t offset, const char* what) {
        fault_ = offset >= size() ? Fault{size(), "the end, within a change"} : Fault{offset, what};
        return std::nullopt;
    }

    std::uint64_t firstWrong(std::uint64_t offset, std::string_view expected) {
        const auto there = window_.at(offset, expected.size());
        std::size_t same = 0;
        while (same < there.size() && there[same] == expected[same]) ++same;
        return offset + same;
    }

    std::optional<Line> number(char prefix, std::uint64_t offset, std::uint64_t most) {
        const auto text = window_.at(offset, longestLine);
        if (text.empty() || text[0] != prefix)
            return refuse(offset, "not the beginning of a command or value");
        std::uint64_t value = 0;
        std::size_t i = 1;
        for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
            value = value * 10 + static_cast<unsigned>(text[i] - '0');
            if (value > most) return refuse(offset + i, "a length beyond all measure");
        }
        const bool leadingZero = i > 2 && text[1] == '0';
        if (i == 1 || leadingZero) return refuse(offset + 1, "a length that is no number");
        if (text.substr(i, 2) != "\r\n")
            return refuse(firstWrong(offset + i, "\r\n"), "a length that is no number");
        return Line{value, offset + i + 2};
    }

    bool takeName(std::uint64_t offset, std::uint64_t length) {
        const auto text = window_.at(offset, longestName);
        if (length > text.size()) {
            refuse(length <= longestName ? size() : offset, "an unknown command");
            return false;
        }
        name_.assign(text.substr(0, length));
        std::ranges::transform(name_, name_.begin(), [](unsigned char c) { return std::tolower(c); });
        if (!isKnown(name_)) refuse(offset, "an unknown command");
        return isKnown(name_);
    }

    // "#TS:1795876148", where the times of changes are kept (aof-timestamp-enabled).
    std::optional<std::uint64_t> endOfRemark(std::uint64_t offset) {
        constexpr std::string_view beginning = "#TS:";
        name_.clear();
        const auto text = window_.at(offset, beginning.size() + longestLine);
        if (!text.starts_with(beginning))
            return refuse(firstWrong(offset, beginning), "a remark of another kind");
        std::size_t i = beginning.size();
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
        if (text.substr(i, 2) != "\r\n")
            return refuse(firstWrong(offset + i, "\r\n"), "a remark without an end");
        return offset + i + 2;
    }

    Window window_;
    Fault fault_;
    std::string name_;
};

class Changes {
public:
    Changes(const ReadAt& read, std::uint64_t size, std::optional<std::uint64_t> zeros)
        : commands_(read, size), zeros_(zeros) {}

    // The end of the whole change that begins here; else the fault.
    std::optional<std::uint64_t> endOf(std::uint64_t begin) {
        auto end = command(begin);
        if (!end) return std::nullopt;
        if (commands_.is("exec")) return refuse(begin, "EXEC without MULTI");
        if (!commands_.is("multi")) return end;
        while (true) {
            const auto at = *end;
            end = command(at);
            if (!end) return std::nullopt;
            if (commands_.is("exec")) return end;
            if (commands_.is("multi"))
                return refuse(at, "MULTI within MULTI: a change was cut, and others follow");
        }
    }

    const Fault& fault() const { return fault_; }

    // The first whole change behind the one that begins at `damaged`. Its own commands up to its EXEC are
    // none. They are tried wherever they might begin: a length that was altered must not hide what follows.
    std::optional<std::uint64_t> behind(std::uint64_t damaged) {
        const bool transaction = commands_.endOf(damaged) && commands_.is("multi");
        std::optional<std::uint64_t> alone;  // commands that may be its own, or changes of one command
        for (auto at = commands_.star(damaged + 1); at;) {
            const auto end = commands_.endOf(*at);
            if (!end) {
                at = commands_.star(*at + 1);
                continue;
            }
            if (commands_.is("multi")) {
                zeros_.reset();
                if (endOf(*at)) return alone ? alone : at;
                if (fault_.offset >= commands_.size()) return alone;  // torn itself
                at = commands_.star(*at + 1);
                continue;
            }
            if (commands_.is("exec")) {
                alone.reset();
                closed_ = true;
            } else if (closed_) {
                return at;
            } else if (!transaction && !alone) {
                alone = at;
            }
            at = commands_.star(*end);
        }
        return alone;
    }

private:
    std::optional<std::uint64_t> command(std::uint64_t begin) {
        const auto end = commands_.endOf(begin);
        if (!end) {
            fault_ = commands_.fault();
            return std::nullopt;
        }
        if (zeros_ && *end > *zeros_) return refuse(*zeros_, "a sector of zeros");
        return end;
    }

    std::nullopt_t refuse(std::uint64_t offset, const char* what) {
        fault_ = {offset, what};
        return std::nullopt;
    }

    Commands commands_;
    std::optional<std::uint64_t> zeros_;
    Fault fault_;
    bool closed_ = false;
};

}  // namespace

AofExtent extentOfAof(const ReadAt& read, std::uint64_t size, std::optional<std::uint64_t> zeros) {
    Changes changes(read, size, zeros);
    AofExtent extent;
    while (extent.whole < size) {
        const auto end = changes.endOf(extent.whole);
        if (!end) {
            extent.fault = changes.fault().offset;
            extent.what = changes.fault().what;
            extent.next = changes.behind(extent.whole);
            return extent;
        }
        extent.whole = *end;
        ++extent.changes;
    }
    extent.fault = extent.whole;
    return extent;
}

std::optional<std::uint64_t> zeroSector(std::uint64_t offset, std::string_view piece) {
    static constexpr char zeros[sector]{};
    for (std::size_t at = 0; at + sector <= piece.size(); at += sector)
        if (piece[at] == 0 && piece.substr(at, sector) == std::string_view(zeros, sector)) return offset + at;
    return std::nullopt;
}

}  // namespace placette::redis
