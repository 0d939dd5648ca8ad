// The address that people use, as browsers write it in `Origin`.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace placette::app {

// "HTTPS://Places.Example.FR:443/" -> "https://places.example.fr". The error is for the operator.
tl::expected<std::string, std::string> originOf(std::string_view url);

}  // namespace placette::app
