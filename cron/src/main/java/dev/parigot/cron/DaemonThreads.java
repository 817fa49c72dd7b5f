package dev.parigot.cron;

import org.quartz.spi.ThreadExecutor;

/** Runs Quartz's own threads, none of which keeps the process alive. */
enum DaemonThreads implements ThreadExecutor {
  INSTANCE;

  @Override
  public void execute(Thread thread) {
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void initialize() {}
}
