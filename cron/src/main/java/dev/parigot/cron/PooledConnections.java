package dev.parigot.cron;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/** The platform's own connections, for Quartz; whoever gave them closes them. */
record PooledConnections(DataSource database) implements ConnectionProvider {
  @Override
  public Connection getConnection() throws SQLException {
    return database.getConnection();
  }

  @Override
  public void shutdown() {}

  @Override
  public void initialize() {}
}
