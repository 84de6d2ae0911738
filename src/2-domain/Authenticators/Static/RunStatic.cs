using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Authenticators.Devices;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Static;

/// <summary>Shows new codes; they count once the person says that they have them.</summary>
sealed class RunStatic(AddDevice add, PosternDb db, Seal seal) : IStage<StaticStage>
{
    const string CodesKey = "goauthentik.io/stages/authenticator_static/codes";

    // Without letters and digits that look alike.
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    const int ShortestCode = 6;

    public ValueTask<StageOutcome> StartAsync(StaticStage stage, StageRun run, CancellationToken cancellation) =>
        ValueTask.FromResult(run.PendingUser is { Pk: > 0 } ? Show(Codes(stage, run)) : StageOutcome.Done);

    public async ValueTask<StageOutcome> AnswerAsync(StaticStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return StageOutcome.Done;
        // Codes that were never shown are nobody's.
        if (!run.Context.ContainsKey(CodesKey))
            return Show(Codes(stage, run));
        var device = new StaticDevice { Name = "Static Token" };
        await add.ExecuteAsync(run.Http, user, device, cancellation);
        foreach (var code in Codes(stage, run))
            db.Add(new StaticCode { DevicePk = device.Pk, Hash = seal.Hash(SealedFor.StaticCode, code) });
        await db.SaveChangesAsync(cancellation);
        run.Context.Remove(CodesKey);
        return StageOutcome.Done;
    }

    string[] Codes(StaticStage stage, StageRun run)
    {
        if (run.Context.Text(CodesKey) is { } kept && seal.Open(SealedFor.StaticCode, kept) is { } bytes)
            return Encoding.ASCII.GetString(bytes).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var codes = Enumerable.Range(0, stage.TokenCount).Select(_ => RandomNumberGenerator.GetString(Letters, Math.Max(stage.TokenLength, ShortestCode))).ToArray();
        run.Context[CodesKey] = seal.Close(SealedFor.StaticCode, Encoding.ASCII.GetBytes(string.Join(' ', codes)));
        return codes;
    }

    static StageOutcome.Challenge Show(string[] codes) =>
        new StageOutcome.Challenge("ak-stage-authenticator-static", new JsonObject { ["codes"] = new JsonArray([.. codes.Select(c => (JsonNode)c)]) }) { WithUser = true };
}
