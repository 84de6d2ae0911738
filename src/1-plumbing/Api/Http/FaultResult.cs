using Microsoft.AspNetCore.Http;
using Postern.Kernel;

namespace Postern.Api.Http;

/// <summary>The one mapper from faults to the wire's error shapes and statuses.</summary>
public static class FaultResult
{
    public static IResult Of(Fault fault) => fault switch
    {
        Fault.Invalid invalid => Errors(invalid.Errors),
        Fault.NotFound => Detail(fault.Message, StatusCodes.Status404NotFound),
        // Bad credentials answer 403 as clients of the reference expect; no challenge is offered.
        Fault.Forbidden or Fault.Unauthenticated => Detail(fault.Message, StatusCodes.Status403Forbidden),
        Fault.Throttled throttled => new Throttle(throttled),
        _ => throw new InvalidOperationException($"No answer for {fault.GetType()}"),
    };

    /// <summary>Wire shape: <c>{"detail": "text"}</c>.</summary>
    public static IResult Detail(string text, int status) => new WireJson(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("detail", text);
            writer.WriteEndObject();
        },
        status);

    static WireJson Errors(FieldErrors errors) => new(
        writer =>
        {
            writer.WriteStartObject();
            foreach (var field in errors.Fields)
            {
                writer.WriteStartArray(field);
                foreach (var text in errors[field])
                    writer.WriteStringValue(text);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        },
        StatusCodes.Status400BadRequest);

    sealed class Throttle(Fault.Throttled fault) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.RetryAfter(fault.RetryAfter);
            return Detail(fault.Message, StatusCodes.Status429TooManyRequests).ExecuteAsync(httpContext);
        }
    }
}
