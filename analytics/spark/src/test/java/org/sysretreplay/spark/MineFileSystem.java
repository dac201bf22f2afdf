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

  /** Null while it is being made. */
  private URI here;

  /** Every host has the same files; Hadoop keeps one of these for each host. */
  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    here = HERE.resolve("//" + uri.getAuthority() + "/");
    super.initialize(here, conf);
    setConf(conf);
  }

  @Override
  public URI getUri() {
    return here == null ? HERE : here;
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
