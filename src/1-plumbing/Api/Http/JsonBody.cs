using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Postern.Kernel;
using Postern.Kernel.Values;

namespace Postern.Api.Http;

/// <summary>Reads a JSON request body within limits; every way it can be wrong has its own clear answer.</summary>
public static class JsonBody
{
    /// <summary>Largest body of an API call, in bytes.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    // What stands twice would be one thing to one reader and another to the next.
    static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The body as JSON; an empty body is an empty object. The document lives as long as the request.</summary>
    public static async Task<(JsonElement Body, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > MaxBytes)
            return (default, TooLarge());
        if (request.ContentType is { Length: > 0 } type && !request.HasJsonContentType())
            return (default, FaultResult.Detail($"Unsupported media type \"{type}\" in request.", StatusCodes.Status415UnsupportedMediaType));
        try
        {
            using var buffer = new MemoryStream();
            var chunk = new byte[16 * 1024];
            for (int read; (read = await request.Body.ReadAsync(chunk, cancellation)) > 0;)
            {
                if (buffer.Length + read > MaxBytes)
                    return (default, TooLarge());
                buffer.Write(chunk, 0, read);
            }
            if (buffer.Length == 0)
                return (JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal)), null);
            var bytes = buffer.ToArray();
            if (!StrictJson.IsReadable(bytes))
                return (default, FaultResult.Detail("JSON parse error - a text is not UTF-8, or half a character.", StatusCodes.Status400BadRequest));
            var document = JsonDocument.Parse(bytes, Options);
            request.HttpContext.Response.RegisterForDispose(document);
            return (document.RootElement, null);
        }
        catch (JsonException e)
        {
            return (default, FaultResult.Detail($"JSON parse error - {e.Message}", StatusCodes.Status400BadRequest));
        }
        catch (BadHttpRequestException e)
        {
            return (default, FaultResult.Detail(e.Message, e.StatusCode));
        }
    }

    static IResult TooLarge() =>
        FaultResult.Detail($"The request body is larger than {MaxBytes / 1024 / 1024} MiB.", StatusCodes.Status413PayloadTooLarge);

    /// <summary>A required whole number of a body, or the fault that names it.</summary>
    public static Result<int> Number(this JsonElement body, string member)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        if (!body.TryGetProperty(member, out var value))
            return Fault.Field(member, "This field is required.");
        return value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number : Fault.Field(member, "A valid integer is required.");
    }

    /// <summary>A required text member of a body, or the fault that names it.</summary>
    public static Result<string> Text(this JsonElement body, string member)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        if (!body.TryGetProperty(member, out var value))
            return Fault.Field(member, "This field is required.");
        if (value.ValueKind is not JsonValueKind.String)
            return Fault.Field(member, value.ValueKind is JsonValueKind.Null ? "This field may not be null." : "Not a valid string.");
        return value.GetString() is { Length: > 0 } text ? text : Fault.Field(member, "This field may not be blank.");
    }
}
