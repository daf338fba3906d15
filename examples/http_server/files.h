// Which file a request means, and what is in it. All but `content_type` may wait
// for a disk, and so is for helper threads.

#ifndef FILES_H
#define FILES_H

#include <fstream>
#include <string>

/// A file on its way to a client.
struct opened_file {
  int status = 404; ///< or 503, it cannot be opened; or 200
  std::string path;
  std::ifstream stream;
  long size = 0;
  long left = 0; ///< to be read
};
/// The file below `root` that the target of a request names: without its query,
/// unescaped, `index.html` for a folder.
opened_file open_file(const std::string& root, const std::string& target);
/// Replaces `piece` by the next one. Throws `std::runtime_error`: the file has
/// become shorter.
void read_piece(opened_file& from, std::string& piece);

/// By the name's ending.
const char* content_type(const std::string& path);

#endif // FILES_H
