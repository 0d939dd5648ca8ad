#include "observe/log_format.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace placette::observe {

namespace {

// The message as a JSON text: what somebody sent may be in it.
class Escaped : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
        static constexpr char digits[] = "0123456789abcdef";
        const auto put = [&out](std::string_view text) {
            out.append(text.data(), text.data() + text.size());
        };
        put("\"");
        for (const char c : std::string_view(message.payload.data(), message.payload.size())) {
            const auto byte = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\') {
                const char escaped[]{'\\', c};
                put({escaped, 2});
            } else if (byte < 0x20) {
                const char escaped[]{'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
                put({escaped, 6});
            } else {
                put({&c, 1});
            }
        }
        put("\"");
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<Escaped>(); }
};

}  // namespace

void logTo(LogFormat format) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<Escaped>('*').set_pattern(
        format == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%*})"
                                  : "%Y-%m-%dT%H:%M:%S.%eZ %l %v");
    spdlog::set_formatter(std::move(formatter));
}

}  // namespace placette::observe
