using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections;

/// <summary>
/// Ids of objects, computed from what makes an object the same object, so that writing it twice is writing it once.
/// </summary>
internal static class ObjectId
{
    private const string Variants = "89ab";

    /// <summary>A UUID of version 8 (custom) over the parts.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        char[] digits = StableHash.Hex(32, parts).ToCharArray();
        digits[12] = '8';
        digits[16] = Variants[digits[16] & 3];
        return Guid.ParseExact(digits, "N");
    }
}
