package org.sysretreplay.spark.functions;

import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The functions as a catalog, for the setting {@code spark.sql.catalog.sysret}, which can be set at
 * any time. The functions are in no namespace of the catalog that the setting names.
 */
public final class SysretCatalog implements FunctionCatalog {

  /** The prefix of every function's name. */
  static final String NAME = "sysret";

  /** The setting that adds the catalog. */
  static final String SETTING = "spark.sql.catalog." + NAME + "=" + SysretCatalog.class.getName();

  private String name = NAME;

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap options) {
    name = catalog;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
    if (namespace.length > 0) {
      throw new NoSuchNamespaceException(namespace);
    }
    return Stream.of(SysretFunction.values())
        .map(it -> Identifier.of(namespace, it.key()))
        .toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier function) throws NoSuchFunctionException {
    if (function.namespace().length > 0) {
      throw new NoSuchFunctionException(function);
    }
    return SysretFunction.ofKey(function.name())
        .map(Unbound::new)
        .orElseThrow(() -> new NoSuchFunctionException(function));
  }
}
