using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Figures;
using Postern.Storage;
using Postern.Storage.Checks;

namespace Postern.Jobs;

/// <summary>Wires the queue, its handlers and the worker.</summary>
public static class JobsRegistration
{
    /// <summary>The queue itself; any process may add jobs.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<ITables, Tables>();
        services.AddScoped<JobQueue>().AddScoped<Looking.CountJobs>().AddScoped<Looking.ListJobs>().AddScoped<Looking.RetryJob>().AddScoped<Looking.ListSchedules>().AddScoped<Looking.ListWorkers>();
        services.AddSingleton<JobRunner>();
        services.AddCheck<Looking.JobsCheck>().AddScoped<IFigures, Looking.JobFigures>();
        return services.AddJob<SealAnewJob>("secrets.reseal", TimeSpan.FromHours(1));
    }

    /// <summary>This process also runs them.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services) => services.AddHostedService<Worker>();

    /// <summary>A handler for jobs of this kind; with <paramref name="every"/> one such job always waits for its next turn.</summary>
    public static IServiceCollection AddJob<THandler>(this IServiceCollection services, string kind, TimeSpan? every = null)
        where THandler : class, IJobHandler => services.Add<THandler>(kind, JobLine.Usual, every);

    /// <summary>A handler for jobs that talk to servers of others, which may be slow; several run at once.</summary>
    public static IServiceCollection AddOutwardJob<THandler>(this IServiceCollection services, string kind)
        where THandler : class, IJobHandler => services.Add<THandler>(kind, JobLine.Outward, every: null);

    /// <summary>A handler for jobs that take minutes; they wait for each other, and no other job waits for them.</summary>
    public static IServiceCollection AddLongJob<THandler>(this IServiceCollection services, string kind)
        where THandler : class, IJobHandler => services.Add<THandler>(kind, JobLine.Long, every: null);

    static IServiceCollection Add<THandler>(this IServiceCollection services, string kind, JobLine line, TimeSpan? every)
        where THandler : class, IJobHandler
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new JobRegistration(kind, typeof(THandler), every, line));
    }

    sealed class Tables : ITables
    {
        public void Configure(ModelBuilder model) => model.Entity<Job>().ToTable("job").HasKey(j => j.Id);
    }
}
