using System.Text.Json;
using Postern.Kernel;

namespace Postern.Portal.Api;

/// <summary>Errors of the API: <c>{"error": {"type", "code", "message", "param", "request_id"}}</c>.</summary>
sealed record ApiError(string Type, string Code, string Message, string? Param, string RequestId)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IResult Of(HttpContext http, int status, string type, string code, string message, string? param = null) =>
        Results.Json(new ErrorBody(new ApiError(type, code, message, param, http.TraceIdentifier)), Json, statusCode: status);

    public static IResult Of(HttpContext http, Fault fault) => fault switch
    {
        Fault.NotFound => Of(http, StatusCodes.Status404NotFound, "invalid_request_error", "not_found", fault.Message),
        Fault.Invalid invalid when invalid.Errors.Fields.First() is var field =>
            Of(http, StatusCodes.Status400BadRequest, "invalid_request_error", "invalid", invalid.Errors[field][0], field is FieldErrors.NonField ? null : field),
        _ => Of(http, StatusCodes.Status403Forbidden, "permission_error", "forbidden", fault.Message),
    };
}

/// <summary>The body of an error.</summary>
sealed record ErrorBody(ApiError Error);
