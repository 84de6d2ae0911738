using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Postern.Storage.Sealing;

namespace Postern.Jobs;

/// <summary>Brings stored secrets under the secret key of today, see <c>SECRET_KEY_PREVIOUS</c>.</summary>
sealed partial class SealAnewJob(SealAnew seal, ILogger<SealAnewJob> log) : IJobHandler
{
    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        if (await seal.ExecuteAsync(cancellation) is > 0 and var written)
            Sealed(written);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} stored secrets were sealed anew")]
    partial void Sealed(int count);
}
