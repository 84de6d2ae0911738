using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Applications.Providers;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Bindings;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Applications.Transactions;

/// <summary>
/// Creates a provider, the application it serves and bindings of who may use it: all of them or nothing. Writes a row and an audit record for
/// each. The caller needs the right to add each of them.
/// </summary>
public sealed class CreateWithProvider(PosternDb db, SaveObject save)
{
    /// <summary>The parts as their kinds' own doors take them, without the references between them. Faults: forbidden.</summary>
    public async Task<Result<TransactionOutcome>> ExecuteAsync(Caller caller, TransactionRequest request, CancellationToken cancellation)
    {
        Fault? refusal = null;
        var outcome = await db.InTransactionAsync(
            async () =>
            {
                var parts = new Parts(save, caller, cancellation);
                var provider = await parts.AddAsync("provider", request.ProviderKind, request.Provider);
                var body = (JsonObject)request.Application.DeepClone();
                body["provider"] = provider is null ? null : ((Provider)provider).Id;
                var application = await parts.AddAsync("app", ApplicationKind.Kind, body) as Application;
                foreach (var binding in request.Bindings)
                {
                    var bound = (JsonObject)binding.DeepClone();
                    bound["target"] = application?.Pk;
                    if (application is not null)
                        await parts.AddAsync("policy_bindings", PolicyBindingKind.Kind, bound);
                }
                refusal = parts.Refusal;
                return new TransactionOutcome(application, parts.Errors);
            },
            o => refusal is null && o.Errors.Count == 0,
            cancellation);
        return refusal is null ? outcome : refusal;
    }

    sealed class Parts(SaveObject save, Caller caller, CancellationToken cancellation)
    {
        public Dictionary<string, FieldErrors> Errors { get; } = new(StringComparer.Ordinal);

        public Fault? Refusal { get; private set; }

        /// <summary>The part, or null where it was refused: the others are still looked at, so that all errors come at once.</summary>
        public async Task<object?> AddAsync(string name, ModelKind kind, JsonObject body)
        {
            if (Refusal is not null)
                return null;
            var created = await save.CreateAsync(kind, caller, JsonSerializer.SerializeToElement(body), SaveOptions.Full, cancellation);
            if (created.Succeeded(out var entity, out var fault))
                return entity;
            if (fault is Fault.Invalid invalid)
                Errors[name] = invalid.Errors;
            else
                Refusal = fault;
            return null;
        }
    }
}

/// <summary>What to create together.</summary>
public sealed record TransactionRequest(JsonObject Application, ModelKind ProviderKind, JsonObject Provider, IReadOnlyList<JsonObject> Bindings);

/// <summary>The application, or what is wrong with <c>app</c>, <c>provider</c> and <c>policy_bindings</c>; with errors nothing was stored.</summary>
public sealed record TransactionOutcome(Application? Application, IReadOnlyDictionary<string, FieldErrors> Errors);
