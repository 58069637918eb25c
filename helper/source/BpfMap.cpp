// SPDX-License-Identifier: MIT
#include "helper/source/BpfMap.h"

#include <bpf/bpf.h>
#include <unistd.h>

namespace lunaris
{

BpfMap::~BpfMap()
{
    if (m_fd >= 0) {
        close(m_fd);
    }
}

bool BpfMap::putInto(int mapOfMaps, std::uint32_t place) const
{
    return bpf_map_update_elem(mapOfMaps, &place, &m_fd, BPF_ANY) == 0;
}

} // namespace lunaris
