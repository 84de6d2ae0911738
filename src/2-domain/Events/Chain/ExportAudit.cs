using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Events.Chain;

/// <summary>Writes the sealed part of the log, one JSON object a line: each seal, and behind it its events. What is signed names the fingerprint of the file and the last seal in it.</summary>
public sealed class ExportAudit(PosternDb db, CheckSeal check, ISignAudit signer, TimeProvider clock)
{
    static readonly byte[] lineEnd = "\n"u8.ToArray();

    /// <summary>Writes to a stream and answers the signature. Invalid where the chain is broken, or the key pair does not exist: nothing is signed then.</summary>
    public async Task<Result<string>> ExecuteAsync(Stream target, string? pair, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (events, last) = (0L, EventSeal.None);
        await foreach (var (link, there, problem) in VerifyAudit.WalkAsync(db, check, EventSeal.None, cancellation))
        {
            if (problem is not null)
                return Fault.Input($"{problem} Nothing was signed.");
            await LineAsync(target, hash, json => Write(json, link), cancellation);
            foreach (var entry in there)
                await LineAsync(target, hash, entry.Write, cancellation);
            (events, last) = (events + there.Count, link);
        }
        return await signer.SignAsync(
            new JsonObject
            {
                ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
                ["sha256"] = Convert.ToHexStringLower(hash.GetHashAndReset()),
                ["events"] = events,
                ["last_seal"] = new JsonObject { ["number"] = last.Number, ["hash"] = Convert.ToHexStringLower(last.Hash), ["sealed_at"] = Canonical.Time(last.SealedAt) },
            },
            pair,
            cancellation);
    }

    internal static (long Number, string Hash) LastOf(JsonObject signed) => (signed["last_seal"]!["number"]!.GetValue<long>(), signed["last_seal"]!["hash"]!.GetValue<string>());

    static void Write(Utf8JsonWriter json, EventSeal link)
    {
        json.WriteStartObject();
        json.WriteNumber("seal", link.Number);
        json.WriteNumber("count", link.Count);
        json.WriteNumber("last_position", link.LastPosition);
        json.WriteString("last_pk", link.LastPk);
        json.WriteString("expires", Canonical.Time(link.Expires));
        json.WriteString("sealed_at", Canonical.Time(link.SealedAt));
        json.WriteString("leaves_hash", Convert.ToHexStringLower(link.LeavesHash));
        json.WriteString("leaves", Convert.ToHexStringLower(link.Leaves));
        json.WriteString("previous", Convert.ToHexStringLower(link.Previous));
        json.WriteString("hash", Convert.ToHexStringLower(link.Hash));
        if (link.DroppedAt is { } at)
            json.WriteString("dropped_at", Canonical.Time(at));
        json.WriteEndObject();
    }

    static async Task LineAsync(Stream target, IncrementalHash hash, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        await using (var json = new Utf8JsonWriter(buffer))
            write(json);
        System.Buffers.BuffersExtensions.Write(buffer, lineEnd);
        hash.AppendData(buffer.WrittenSpan);
        await target.WriteAsync(buffer.WrittenMemory, cancellation);
    }
}
