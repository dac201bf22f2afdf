package org.sysretreplay.spark;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's files under another scheme, like those of a cluster's file system. */
public final class MineFileSystem extends RawLocalFileSystem {

  static final AtomicInteger OPENED = new AtomicInteger();

  private static final URI HERE = URI.create("mine://host/");

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(HERE, conf);
    setConf(conf);
  }

  @Override
  public URI getUri() {
    return HERE;
  }

  @Override
  public String getScheme() {
    return HERE.getScheme();
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    OPENED.incrementAndGet();
    return super.open(file, bufferSize);
  }
}
