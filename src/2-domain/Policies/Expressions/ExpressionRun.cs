using Microsoft.Extensions.DependencyInjection;
using Postern.Expressions;
using Postern.Kernel.Settings;
using Postern.Policies.Engine;
using Postern.Policies.Expressions.Showing;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Policies.Expressions;

/// <summary>One evaluation as helpers, models and views see it.</summary>
public sealed class ExpressionRun : IAsyncDisposable
{
    readonly IServiceScopeFactory scopes;
    AsyncServiceScope? own;

    internal ExpressionRun(ExpressionCatalog catalog, ExpressionInput input, IServiceProvider services, CancellationToken cancellation)
    {
        (Catalog, Input, Services, Cancellation) = (catalog, input, services, cancellation);
        scopes = services.GetRequiredService<IServiceScopeFactory>();
    }

    internal ExpressionCatalog Catalog { get; }

    public ExpressionInput Input { get; }

    /// <summary>What is being decided; null for mappings that run for nobody.</summary>
    public PolicyRequest? Request => Input.Request;

    /// <summary>Services of whoever asked: engines and snapshots. The database of scripts is <see cref="Own"/>.</summary>
    public IServiceProvider Services { get; }

    /// <summary>
    /// Services of this evaluation alone, with a database connection that is opened at first use: a query that outlives the script's time
    /// cannot disturb the asker's.
    /// </summary>
    public IServiceProvider Own => (own ??= scopes.CreateAsyncScope(Pool.Beside)).ServiceProvider;

    public PosternDb Db => Own.GetRequiredService<PosternDb>();

    /// <summary>The configured address of this installation; null where links follow the request.</summary>
    public Uri? BaseUrl => Services.GetService<PosternSettings>()?.BaseUrl;

    public CancellationToken Cancellation { get; }

    /// <summary>Messages for the user, in the order they were given.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Lines written with <c>ak_logger</c> and <c>print</c>.</summary>
    public List<PolicyLog> Log { get; } = [];

    /// <summary>The evaluation that a helper was called from.</summary>
    public static ExpressionRun Of(HostCall call) => (ExpressionRun)call.State!;

    /// <summary>The script value of a product value.</summary>
    public object? Show(object? value) => Showing.Show.ToScript(value, this);

    /// <summary>The product value of a script value.</summary>
    public static object? Take(object? value) => Showing.Show.ToProduct(value);

    /// <summary>The user behind a script value; null for nobody.</summary>
    public static Directory.Users.User? UserOf(object? value) => (value as IShown)?.Subject as Directory.Users.User;

    /// <summary>Waits for what an attribute needs; attributes, unlike calls, cannot be awaited by a script.</summary>
    public T Await<T>(ValueTask<T> work) => work.IsCompletedSuccessfully ? work.Result : work.AsTask().WaitAsync(Cancellation).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (own is { } scope)
            await scope.DisposeAsync();
    }
}
