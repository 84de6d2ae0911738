using Microsoft.AspNetCore.Http;
using Postern.Kernel.Access;

namespace Postern.Api.Http;

/// <summary>Carries the caller of a request from sign-in to the doors.</summary>
public static class CallerFeature
{
    /// <summary>Who sent this request; anonymous unless sign-in said otherwise.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.Get<Caller>() ?? Kernel.Access.Caller.Anonymous;

    public static void SetCaller(this HttpContext http, Caller caller) => http.Features.Set(caller);
}
