package dev.parigot.cron;

import static java.util.Objects.requireNonNull;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls methods of live apps by the clock. Quartz holds one trigger for the next tick of each
 * entry, computed by {@link Schedule}; when it fires, the next tick is set before the method is
 * called. What is due is derived from the live releases, given anew at each start, so a tick that
 * falls in a time when the platform is down is not made up for.
 */
public final class Cron implements AutoCloseable {
  /** A method of an app that is due on a schedule. */
  public record Entry(String name, Schedule schedule, String service, String method) {}

  /** How a due method is called; runs on a thread of the scheduler, and may block it. */
  @FunctionalInterface
  public interface Caller {
    CallOutcome call(AppId app, String service, String method);
  }

  private static final Logger log = LoggerFactory.getLogger(Cron.class);
  private static final String CRON = "cron";
  private static final String APP = "app";
  private static final String ENTRY = "entry";

  private final Scheduler scheduler;
  private final Caller caller;
  private final Clock clock;

  /**
   * @param name of the Quartz scheduler: one per application context, since Quartz knows schedulers
   *     by name in the whole JVM
   * @param threads the most calls at once
   */
  public Cron(String name, int threads, Clock clock, Caller caller) {
    this.clock = clock;
    this.caller = caller;
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", name);
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", String.valueOf(threads));
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    try {
      scheduler = new StdSchedulerFactory(properties).getScheduler();
      scheduler.getContext().put(CRON, this);
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz does not start", e);
    }
  }

  /** Makes these the app's entries, in place of those it had. */
  public void replace(AppId app, List<Entry> entries) {
    remove(app);
    for (Entry entry : entries) {
      JobDataMap data = new JobDataMap(Map.of(APP, app, ENTRY, entry));
      JobDetail job =
          JobBuilder.newJob(Tick.class)
              .withIdentity(entry.name(), group(app))
              .usingJobData(data)
              .storeDurably()
              .build();
      try {
        scheduler.addJob(job, true);
        scheduleNext(job.getKey(), entry);
      } catch (SchedulerException e) {
        throw new IllegalStateException("Quartz refuses cron entry " + entry.name(), e);
      }
    }
  }

  /** Forgets the app's entries; a call that is under way goes on. */
  public void remove(AppId app) {
    try {
      scheduler.deleteJobs(
          List.copyOf(scheduler.getJobKeys(GroupMatcher.jobGroupEquals(group(app)))));
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz can't forget the cron entries of an app", e);
    }
  }

  /** Stops firing; does not wait for calls that are under way. */
  @Override
  public void close() {
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      log.warn("Quartz did not stop cleanly", e);
    }
  }

  private void scheduleNext(JobKey job, Entry entry) throws SchedulerException {
    Optional<Instant> next = entry.schedule().next(clock.instant());
    if (next.isPresent()) {
      Trigger trigger =
          TriggerBuilder.newTrigger()
              .forJob(job)
              .withIdentity(next.get().toString(), job.getGroup() + "/" + job.getName())
              .startAt(Date.from(next.get()))
              .withSchedule(
                  SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
              .build();
      if (!scheduler.checkExists(trigger.getKey())) {
        scheduler.scheduleJob(trigger);
      }
    }
  }

  private void tick(JobKey job, AppId app, Entry entry) throws SchedulerException {
    if (scheduler.checkExists(job)) {
      scheduleNext(job, entry);
    }
    CallOutcome outcome = caller.call(app, entry.service(), entry.method());
    if (!(outcome instanceof CallOutcome.Returned)) {
      log.info("cron {} of app {} failed with {}", entry.name(), app.value(), outcome.code());
    }
  }

  private static String group(AppId app) {
    return String.valueOf(app.value());
  }

  /** The job that Quartz makes for each fire. */
  public static final class Tick implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      try {
        Cron cron = (Cron) requireNonNull(context.getScheduler().getContext().get(CRON));
        JobDataMap data = context.getMergedJobDataMap();
        AppId app = (AppId) requireNonNull(data.get(APP));
        Entry entry = (Entry) requireNonNull(data.get(ENTRY));
        cron.tick(context.getJobDetail().getKey(), app, entry);
      } catch (SchedulerException e) {
        log.warn("a cron entry could not be scheduled again", e);
      }
    }
  }
}
