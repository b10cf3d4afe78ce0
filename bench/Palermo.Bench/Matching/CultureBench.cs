using System.Globalization;
using Palermo.Matching;
using Palermo.Matching.Index;

namespace Palermo.Bench.Matching;

/// <summary>False alerts on made-up names of people, by culture of name: common given and family names combined at random. Some of them are, by chance, names of listed people; that is what such names suffer in any screening.</summary>
internal static class CultureBench
{
    private static readonly (string Culture, string Given, string Family)[] s_cultures =
    [
        ("Arabic", "Ahmad Khalid Omar Yousef Tariq Samir Faisal Nabil Hassan Karim Layla Fatima Noor Huda Salma Rania", "Haddad Najjar Mansour Saleh Qasim Khoury Zidan Darwish Hamdan Jaber Nasser Shami Masri Tamimi Barakat Halabi"),
        ("Persian", "Dariush Kamran Reza Behrouz Siavash Farhad Mehdi Ali Shirin Parisa Nasrin Leila Mina Azadeh", "Hosseini Ahmadi Karimi Mohammadi Rahimi Jafari Moradi Rezaei Bagheri Ebrahimi Sadeghi Tehrani Shirazi Esfahani"),
        ("Turkish", "Mehmet Ahmet Mustafa Emre Burak Murat Hakan Serkan Ayşe Fatma Zeynep Elif Merve Selin", "Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan Kılıç Aslan Çetin Koç"),
        ("Russian, Latin letters", "Ivan Sergei Dmitry Alexei Andrei Mikhail Nikolai Pavel Anna Olga Elena Natalia Irina Tatiana", "Ivanov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov Volkov Solovyov Vasiliev Zaitsev Pavlov"),
        ("Russian, Cyrillic", "Иван Сергей Дмитрий Алексей Андрей Михаил Николай Павел", "Иванов Смирнов Кузнецов Попов Соколов Лебедев Козлов Новиков Морозов Волков Соловьёв Васильев"),
        ("Chinese, pinyin", "Wei Jing Li Min Jie Yan Lei Tao Ming Hua Xiaoming Yuting Haoran Zihan", "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu"),
        ("Chinese, Han", "伟 芳 娜 敏 静 丽 强 磊 军 洋 秀英 建国 志强 晓明", "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱"),
        ("Korean", "Min-jun Seo-yeon Ji-hoon Hyun-woo Ji-woo Soo-jin Young-ho Eun-ji Dong-hyun Hye-jin", "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Shin"),
        ("Japanese", "Haruto Yuki Sota Ren Hiroshi Takashi Kenji Yumi Keiko Sachiko Aiko Emiko", "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada"),
        ("Vietnamese", "Minh Hùng Dũng Tuấn Quang Lan Hương Linh Trang Mai Thảo Phương", "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô"),
        ("Indian", "Rahul Amit Sanjay Vijay Rajesh Anil Suresh Priya Pooja Anita Kavita Sunita Deepak Manoj", "Sharma Gupta Singh Kumar Patel Verma Mishra Reddy Nair Iyer Joshi Mehta Rao Das"),
        ("Hindi, Devanagari", "राहुल अमित संजय विजय राजेश अनिल सुरेश प्रिया", "शर्मा गुप्ता सिंह कुमार पटेल वर्मा मिश्रा रेड्डी"),
        ("Pakistani", "Imran Asif Tariq Usman Bilal Kashif Adnan Saima Nadia Ayesha Sana Hina", "Khan Malik Butt Chaudhry Qureshi Sheikh Siddiqui Mirza Raja Awan Bhatti Cheema"),
        ("Spanish", "José Juan Carlos Luis Miguel Jorge Pedro María Ana Carmen Rosa Lucía Elena Isabel", "García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz"),
        ("Portuguese", "João Pedro Tiago Rui Paulo Miguel Ana Maria Joana Sofia Inês Catarina", "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves Gomes"),
        ("English", "James Robert John Michael David William Richard Mary Patricia Jennifer Linda Elizabeth Susan Jessica", "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Jackson"),
        ("German", "Hans Peter Klaus Wolfgang Jürgen Dieter Anna Ursula Monika Petra Sabine Renate", "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer"),
        ("French", "Jean Pierre Michel Philippe Alain Nicolas Marie Nathalie Isabelle Sylvie Catherine Martine", "Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Simon Laurent Lefebvre"),
        ("West African", "Chinedu Emeka Ngozi Chioma Adebayo Babatunde Kwame Kofi Akosua Abena Amina Fatou", "Okafor Okonkwo Adeyemi Balogun Mensah Owusu Boateng Diallo Traoré Keita Camara Ndiaye"),
        ("East African", "Wanjiru Kamau Otieno Achieng Mwangi Juma Amina Abebe Tesfaye Selam Hassan Halima", "Kimani Odhiambo Njoroge Mwangi Kariuki Wafula Tesfaye Bekele Haile Mohamed Abdi Farah"),
        ("Greek", "Γιώργος Νίκος Κώστας Δημήτρης Μαρία Ελένη Κατερίνα Βασιλική", "Παπαδόπουλος Βλάχος Αγγελόπουλος Νικολαΐδης Γεωργίου Δημητρίου Παππάς Καραγιάννης"),
        ("Hebrew", "דוד משה יוסף אברהם שרה רחל מרים יעל", "כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן"),
    ];

    public static void Run(string folder)
    {
        using var index = NameIndex.Over(RetrievalList.Build(RetrievalList.Read(folder)));
        var searcher = new NameSearcher(index);
        var hits = new List<Hit>();
        Console.WriteLine("| culture of name | names | review or more | likely or more |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (var (culture, given, family) in s_cultures)
        {
            var (g, f) = (given.Split(' '), family.Split(' '));
            var names = g.SelectMany(x => f.Select(y => culture.Contains("Han", StringComparison.Ordinal) ? $"{y}{x}" : culture.Contains("Korean", StringComparison.Ordinal) || culture.Contains("Vietnamese", StringComparison.Ordinal) || culture.Contains("pinyin", StringComparison.Ordinal) ? $"{y} {x}" : $"{x} {y}")).ToList();
            var (review, likely) = (0, 0);
            foreach (var name in names)
            {
                searcher.Search(name, PartyKind.Person, 1, 0, hits);
                review += hits.Count > 0 ? 1 : 0;
                likely += hits.Count > 0 && hits[0].Bits >= 2 ? 1 : 0;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {culture} | {names.Count} | {100.0 * review / names.Count:0.0} % | {100.0 * likely / names.Count:0.0} % |"));
        }
    }
}
