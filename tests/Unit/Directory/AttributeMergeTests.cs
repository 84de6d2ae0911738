using System.Text.Json.Nodes;
using Postern.Directory.Attributes;

namespace Postern.Tests.Unit.Directory;

public sealed class AttributeMergeTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1,"b":{"c":1,"d":1}}""", """{"a":2,"b":{"d":2,"e":2}}""", """{"a":2,"b":{"c":1,"d":2,"e":2}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,3]}""", """{"a":[1,2,2,3]}""")]
    [InlineData("""{"a":[1]}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":null}""", """{"a":null}""")]
    public void Objects_go_key_by_key_lists_one_after_the_other_and_the_later_of_other_values(string first, string later, string merged)
    {
        var second = JsonNode.Parse(later)!.AsObject();
        AttributeMerge.Into(JsonNode.Parse(first)!.AsObject(), second).ToJsonString().ShouldBe(merged);
        second.ToJsonString().ShouldBe(later);
    }

    [Theory]
    [InlineData("""{"a":[1,{"b":2}]}""", """{"a":[{"b":2},3]}""", """{"a":[1,{"b":2},3]}""")]
    [InlineData("""{"a":{"b":["x"],"c":1}}""", """{"a":{"b":["x","y"],"c":2}}""", """{"a":{"b":["x","y"],"c":2}}""")]
    [InlineData("""{"a":[1,1]}""", """{"a":[1]}""", """{"a":[1,1]}""")]
    public void Stored_lists_are_not_given_what_they_have(string stored, string later, string merged) =>
        AttributeMerge.Update(JsonNode.Parse(stored)!.AsObject(), JsonNode.Parse(later)!.AsObject()).ToJsonString().ShouldBe(merged);
}
