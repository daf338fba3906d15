// Which file a request means, and what the server says of files.

#ifndef FILES_H
#define FILES_H

#include <string>

/// The file below `root` that the target of a request names: without its query,
/// unescaped, `index.html` for a folder. Empty: none, or one outside of `root`.
std::string file_for(const std::string& root, const std::string& target);

/// By the name's ending.
const char* content_type(const std::string& path);

#endif // FILES_H
