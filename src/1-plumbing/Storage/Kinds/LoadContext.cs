using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Access;

namespace Postern.Storage.Kinds;

/// <summary>What computed fields may see while a page of entities is rendered.</summary>
public sealed class LoadContext(PosternDb db, Caller caller, IServiceProvider services, CancellationToken cancellation)
{
    public PosternDb Db { get; } = db;

    public Caller Caller { get; } = caller;

    public IServiceProvider Services { get; } = services;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Computed fields the request asked to leave out; they are answered as null.</summary>
    public IReadOnlySet<string> Excluded { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Fields answered on request that the request asked for.</summary>
    public IReadOnlySet<string> Included { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();
}
