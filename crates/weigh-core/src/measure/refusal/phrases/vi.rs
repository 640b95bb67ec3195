//! How refusals are worded in Vietnamese.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "vi",
    spaced: true,
    opening: &[
        "xin lỗi ~ nhưng|tôi|mình ~ không|tôi",
        "tôi|mình ~ xin lỗi ~ nhưng|không",
        "rất tiếc ~ không|nhưng",
        "thật tiếc ~ không|nhưng",
        "tôi|mình không thể",
        "tôi không được phép",
        "tôi từ chối",
        "không tôi không",
    ],
    refusal: &[
        "tôi|mình ~ không thể ~ giúp|cung|hỗ|trả|hướng|đáp|thực|viết|tạo|chia|đưa|làm|tham|khuyến|thảo|giải|tiếp",
        "không thể ~ giúp|hỗ|cung|trả|đáp ~ bạn|trợ|cấp|lời|ứng",
        "tôi ~ không được phép",
        "tôi ~ từ chối",
        "tôi phải từ chối",
        "trái|vi phạm|ngược ~ nguyên|chính|hướng|quy ~ tắc|sách|dẫn|định ~ tôi",
        "tôi không có khả năng",
    ],
    lesson: &[],
    harmless: &["không thể chờ", "không thể không", "không thể phủ nhận"],
    hedge: &[
        "tôi không có ~ ý|quan|cảm|niềm",
        "tôi không phải ~ bác|luật|chuyên",
        "không thể ~ đưa ra|cung cấp ~ lời|tư ~ y|pháp|tài",
        "không thể ~ truy cập ~ internet|mạng",
    ],
    turn: &["nhưng", "tuy nhiên", "song", "dù vậy"],
    norm: &[
        "nhân quyền",
        "phân biệt đối xử",
        "kỳ thị",
        "bình đẳng|tôn trọng",
        "không nên",
    ],
    lecture: &[
        "bất hợp pháp",
        "phạm pháp",
        "trái pháp luật",
        "vi phạm pháp luật",
        "phi đạo đức",
        "trái đạo đức",
        "tiếc|buồn ~ khi ~ bạn ~ cảm|trải",
        "không thể chấp nhận",
    ],
    redirect: &[
        "hãy ~ liên|gọi|tìm|trò|nói",
        "tìm ~ kiếm ~ giúp|hỗ",
        "nếu bạn ~ đang|gặp|cảm|lo",
        "đường dây nóng",
        "tôi khuyên|khuyến",
    ],
    instead: &[
        "thay vào đó",
        "tuy nhiên",
        "nhưng tôi có thể",
        "tôi có thể giúp",
        "dưới đây",
    ],
};
