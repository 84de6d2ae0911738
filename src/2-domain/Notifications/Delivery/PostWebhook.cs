using System.Text;
using System.Text.Json.Nodes;
using Postern.Brands;
using Postern.Notifications.Transports;
using Postern.Storage.Snapshots;

namespace Postern.Notifications.Delivery;

/// <summary>Posts a message to a webhook. What it answers besides success is a failure.</summary>
sealed class PostWebhook(MapMessage map, WebhookClient client, Links links, Snapshot<BrandPicture> brands)
{
    const int MostAnswer = 2000;

    public async Task<IReadOnlyList<string>> ExecuteAsync(NotificationTransport transport, Message message, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, transport.WebhookUrl);
        var body = await BodyAsync(transport, message, cancellation);
        request.Content = new StringContent(body?.ToJsonString() ?? "null", Encoding.UTF8, "application/json");
        await AddHeadersAsync(request, transport, message, cancellation);
        try
        {
            var (status, text) = await client.SendAsync(request, transport.WebhookCaPk, MostAnswer, cancellation);
            return status is >= 200 and < 300 ? [$"{status}", text] : throw new DeliveryException($"The webhook answered {status}: {text}");
        }
        catch (HttpRequestException e)
        {
            throw new DeliveryException(e.InnerException is { } inner and not System.Net.Sockets.SocketException ? $"{e.Message} {inner.Message}" : e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException("The webhook did not answer in time.", e);
        }
    }

    async ValueTask<JsonNode?> BodyAsync(NotificationTransport transport, Message message, CancellationToken cancellation)
    {
        if (transport.WebhookMappingBodyPk is { } mapping)
            return await map.ExecuteAsync(mapping, transport, message, cancellation);
        if (transport.Mode is not TransportMode.WebhookSlack)
            return MessageBodies.Generic(message);
        return MessageBodies.Slack(message, (await brands.GetAsync(cancellation)).For("").BrandingTitle, await links.BaseAsync(request: null, cancellation));
    }

    async ValueTask AddHeadersAsync(HttpRequestMessage request, NotificationTransport transport, Message message, CancellationToken cancellation)
    {
        if (transport.WebhookMappingHeadersPk is not { } mapping)
            return;
        if (await map.ExecuteAsync(mapping, transport, message, cancellation) is not JsonObject headers)
            throw new DeliveryException("The mapping of headers must return a dictionary.");
        foreach (var (name, value) in headers)
        {
            var text = value?.ToString() ?? "";
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
                request.Content!.Headers.Remove(name);
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase) || text.AsSpan().ContainsAny('\r', '\n')
                || !(request.Headers.TryAddWithoutValidation(name, text) || request.Content!.Headers.TryAddWithoutValidation(name, text)))
                throw new DeliveryException($"Header {name} cannot be set.");
        }
    }
}
