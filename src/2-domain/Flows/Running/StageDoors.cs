using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Flows.Running;

/// <summary>Leads from a stage to the door of its kind.</summary>
sealed class StageDoors(IEnumerable<StageDoor> doors, IServiceProvider services)
{
    readonly Dictionary<Type, StageDoor> byType = doors.ToDictionary(d => d.StageType);

    public ValueTask<StageOutcome> StartAsync(Stage stage, StageRun run, CancellationToken cancellation) =>
        Door(stage).StartAsync(services, stage, run, cancellation);

    public ValueTask<StageOutcome> AnswerAsync(Stage stage, StageRun run, JsonObject answer, CancellationToken cancellation) =>
        Door(stage).AnswerAsync(services, stage, run, answer, cancellation);

    StageDoor Door(Stage stage) =>
        byType.TryGetValue(stage.GetType(), out var door) ? door : throw new InvalidOperationException($"No door for {stage.GetType()}");
}

abstract class StageDoor
{
    public abstract Type StageType { get; }

    public abstract ValueTask<StageOutcome> StartAsync(IServiceProvider services, Stage stage, StageRun run, CancellationToken cancellation);

    public abstract ValueTask<StageOutcome> AnswerAsync(IServiceProvider services, Stage stage, StageRun run, JsonObject answer, CancellationToken cancellation);
}

sealed class StageDoor<T> : StageDoor
    where T : Stage
{
    public override Type StageType => typeof(T);

    public override ValueTask<StageOutcome> StartAsync(IServiceProvider services, Stage stage, StageRun run, CancellationToken cancellation) =>
        services.GetRequiredService<IStage<T>>().StartAsync((T)stage, run, cancellation);

    public override ValueTask<StageOutcome> AnswerAsync(IServiceProvider services, Stage stage, StageRun run, JsonObject answer, CancellationToken cancellation) =>
        services.GetRequiredService<IStage<T>>().AnswerAsync((T)stage, run, answer, cancellation);
}

/// <summary>Adds kinds of stages to the product.</summary>
public static class StageRegistration
{
    /// <summary>Registers a kind of stage with the door that runs it.</summary>
    public static IServiceCollection AddStage<T, TDoor>(this IServiceCollection services, ModelKind<T> kind)
        where T : Stage, new()
        where TDoor : class, IStage<T>
    {
        services.AddKind(kind);
        services.AddScoped<IStage<T>, TDoor>();
        return services.AddSingleton<StageDoor>(new StageDoor<T>());
    }
}
