using Microsoft.Extensions.DependencyInjection;

namespace Postern.Storage.Opening;

/// <summary>Which connections a scope's database uses; see <see cref="DatabasePools"/>.</summary>
public enum Pool
{
    Requests,
    Beside,
    Pictures,
}

/// <summary>Opens scopes of which the database uses another pool than requests do.</summary>
public static class PoolScopes
{
    public static AsyncServiceScope CreateAsyncScope(this IServiceScopeFactory scopes, Pool pool)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<PoolChoice>().Pool = pool;
        return scope;
    }
}

/// <summary>The pool of one scope.</summary>
sealed class PoolChoice
{
    public Pool Pool { get; set; }
}
