# Walks two parts of the file tree by name and by size.
find /usr/include -maxdepth 2 -name '*.h' | wc -l
du -s /usr/include/asm-generic
