// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_FILEHANDLE_H
#define LUNARIS_TESTS_KERNEL_FILEHANDLE_H

#include <array>
#include <fcntl.h>
#include <string>

namespace lunaris
{

/// What open_by_handle_at(2) takes instead of a name.
class FileHandle
{
public:
    explicit FileHandle(const std::string &path)
    {
        int mount = 0;
        get()->handle_bytes = MAX_HANDLE_SZ;
        m_isValid = name_to_handle_at(AT_FDCWD, path.c_str(), get(), &mount, 0) == 0;
    }

    /// False, with errno, if there is no such file, or its file system has no handles.
    bool isValid() const { return m_isValid; }

    file_handle *get() { return reinterpret_cast<file_handle *>(m_bytes.data()); }
    static constexpr std::size_t size = sizeof(file_handle) + MAX_HANDLE_SZ;

private:
    // It ends with as many bytes as it needs.
    alignas(file_handle) std::array<unsigned char, size> m_bytes{};
    bool m_isValid = false;
};

} // namespace lunaris

#endif
