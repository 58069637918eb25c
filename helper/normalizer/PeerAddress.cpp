// SPDX-License-Identifier: MIT
#include "helper/normalizer/PeerAddress.h"

#include "bpf/events.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>

namespace lunaris
{

std::optional<PeerAddress> PeerAddress::read(std::string_view bytes)
{
    lkm_address raw{};
    if (bytes.size() != sizeof(raw)) {
        return std::nullopt;
    }
    std::memcpy(&raw, bytes.data(), sizeof(raw));
    if (raw.family != LKM_FAMILY_IPV4 && raw.family != LKM_FAMILY_IPV6) {
        return std::nullopt;
    }
    PeerAddress address;
    std::copy(std::begin(raw.bytes), std::end(raw.bytes), address.m_bytes.begin());
    address.m_port = raw.port;
    address.m_isIpv4 = raw.family == LKM_FAMILY_IPV4;
    if (!address.m_isIpv4 && address.isMapped()) {
        std::copy(address.m_bytes.begin() + 12, address.m_bytes.end(), address.m_bytes.begin());
        address.m_isIpv4 = true;
    }
    return address;
}

bool PeerAddress::isMapped() const
{
    constexpr std::array<unsigned char, 12> prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::equal(prefix.begin(), prefix.end(), m_bytes.begin());
}

bool PeerAddress::isLoopback() const
{
    if (m_isIpv4) {
        return m_bytes[0] == 127;
    }
    constexpr std::array<unsigned char, 16> loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return m_bytes == loopback;
}

std::string PeerAddress::toText() const
{
    char text[INET6_ADDRSTRLEN] = {};
    inet_ntop(m_isIpv4 ? AF_INET : AF_INET6, m_bytes.data(), text, sizeof(text));
    const std::string port = std::to_string(m_port);
    return m_isIpv4 ? std::string(text) + ':' + port : '[' + std::string(text) + "]:" + port;
}

} // namespace lunaris
