using System.Text;
using System.Text.Json.Nodes;
using Postern.Authenticators.Devices;
using Postern.Flows;
using Postern.Jobs;
using Postern.Storage.Sealing;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators.Sms;

/// <summary>Hands one message to the provider; a failure is tried again by the queue until the code's time is over.</summary>
sealed class DeliverSms(SmsHttp http, Snapshot<FlowPicture> pictures, Seal seal, TimeProvider clock) : IJobHandler
{
    public const string Kind = "authenticators.sms";

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var stage = (await pictures.GetAsync(cancellation)).Stage(payload["stage"]!.GetValue<Guid>()) as SmsStage;
        if (stage is null || payload["until"]!.GetValue<DateTimeOffset>() <= clock.GetUtcNow() || seal.Open(SealedFor.SentCode, payload["content"]!.GetValue<string>()) is not { } content)
            return;
        using var request = SmsRequest.Of(stage, payload["to"]!.GetValue<string>(), Encoding.UTF8.GetString(content));
        using var response = await http.Client.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
    }
}

/// <summary>The way to providers of SMS.</summary>
public sealed class SmsHttp(HttpClient client)
{
    public HttpClient Client => client;
}
