// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_PEERADDRESS_H
#define LUNARIS_HELPER_NORMALIZER_PEERADDRESS_H

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lunaris
{

/// The other end of a TCP connection.
class PeerAddress
{
public:
    /// Reads an lkm_address; nothing if it is of another size or family.
    static std::optional<PeerAddress> read(std::string_view bytes);

    /// 127.0.0.0/8 and ::1, also when they are mapped into IPv6 (RFC 4291, section 2.5.5.2).
    bool isLoopback() const;

    /// "192.0.2.1:443", "[2001:db8::1]:443"; a mapped address is written as the IPv4 one that it is.
    std::string toText() const;

private:
    bool isMapped() const;

    std::array<unsigned char, 16> m_bytes{}; // IPv4 in the first 4
    std::uint16_t m_port = 0;
    bool m_isIpv4 = false;
};

} // namespace lunaris

#endif
